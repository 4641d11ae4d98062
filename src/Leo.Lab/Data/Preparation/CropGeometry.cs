using Leo.Lab.Media;

namespace Leo.Lab.Data.Preparation;

/// <summary>Keeps boxes inside pictures.</summary>
internal static class CropGeometry
{
    /// <summary>The part of a published box that lies in the picture; empty where nothing does.</summary>
    public static PixelBox Clamp(PixelBox box, int width, int height)
    {
        int left = Math.Clamp(box.X, 0, width), top = Math.Clamp(box.Y, 0, height);
        int right = Math.Clamp(box.X + box.Width, left, width), bottom = Math.Clamp(box.Y + box.Height, top, height);
        return new PixelBox(left, top, right - left, bottom - top);
    }

    /// <summary>The shorter side grown on both ends to the longer one (Saito et al. 2020).</summary>
    public static PixelBox Square(PixelBox box)
    {
        int pad = Math.Abs(box.Width - box.Height) / 2, side = Math.Max(box.Width, box.Height);
        return box.Width < box.Height ? new(box.X - pad, box.Y, side, side) : new(box.X, box.Y - pad, side, side);
    }

    /// <summary>A square box moved into the picture, and only if it is larger than the picture made smaller: it stays square.</summary>
    public static PixelBox Inside(PixelBox box, int width, int height)
    {
        int side = Math.Min(box.Width, Math.Min(width, height)), less = (box.Width - side) / 2;
        return new PixelBox(Math.Clamp(box.X + less, 0, width - side), Math.Clamp(box.Y + less, 0, height - side), side, side);
    }

    /// <summary>The smallest box around all.</summary>
    public static PixelBox Union(IEnumerable<PixelBox> boxes)
    {
        int left = int.MaxValue, top = int.MaxValue, right = int.MinValue, bottom = int.MinValue;
        foreach (var box in boxes)
        {
            (left, top) = (Math.Min(left, box.X), Math.Min(top, box.Y));
            (right, bottom) = (Math.Max(right, box.X + box.Width), Math.Max(bottom, box.Y + box.Height));
        }

        return new PixelBox(left, top, right - left, bottom - top);
    }
}
