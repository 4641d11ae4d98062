namespace Leo.Lab.Data;

/// <summary>Between bytes 0…255, pixel after pixel, and floats −1…1, channel after channel.</summary>
internal static class PixelScale
{
    private static readonly float[] Table = [.. Enumerable.Range(0, 256).Select(b => (float)((b / 127.5) - 1))];

    /// <summary>[T, H, W, 3] bytes → [T, 3, H, W] floats, b / 127.5 − 1.</summary>
    public static void ToPlanes(ReadOnlySpan<byte> rgb, Span<float> planes, int frames, int pixels, bool flip = false, int width = 0)
    {
        for (var t = 0; t < frames; t++)
        {
            var from = rgb.Slice(t * pixels * 3, pixels * 3);
            var to = planes.Slice(t * pixels * 3, pixels * 3);
            ToPlanes(from, to[..pixels], to.Slice(pixels, pixels), to[(2 * pixels)..]);
            if (flip)
            {
                for (var row = 0; row < to.Length; row += width)
                    to.Slice(row, width).Reverse();
            }
        }
    }

    /// <summary>[T, 3, H, W] floats → [T, H, W, 3] bytes, rounded and clamped; what is no number becomes black.</summary>
    public static void ToPixels(ReadOnlySpan<float> planes, Span<byte> rgb, int frames, int pixels)
    {
        for (var t = 0; t < frames; t++)
        {
            var from = planes.Slice(t * pixels * 3, pixels * 3);
            var to = rgb.Slice(t * pixels * 3, pixels * 3);
            for (var c = 0; c < 3; c++)
            {
                var plane = from.Slice(c * pixels, pixels);
                for (int i = 0, at = c; i < plane.Length; i++, at += 3)
                {
                    var value = (plane[i] * 127.5f) + 128f;
                    to[at] = value >= 1 ? (byte)Math.Min(value, 255f) : (byte)0;
                }
            }
        }
    }

    private static void ToPlanes(ReadOnlySpan<byte> rgb, Span<float> red, Span<float> green, Span<float> blue)
    {
        ReadOnlySpan<float> table = Table;
        green = green[..red.Length];
        blue = blue[..red.Length];
        for (var i = 0; i < red.Length; i++)
        {
            red[i] = table[rgb[0]];
            green[i] = table[rgb[1]];
            blue[i] = table[rgb[2]];
            rgb = rgb[3..];
        }
    }
}
