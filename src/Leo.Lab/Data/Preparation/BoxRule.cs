using System.Globalization;
using Leo.Lab.Media;

namespace Leo.Lab.Data.Preparation;

/// <summary>A published box, to be laid on a video of whatever size was downloaded.</summary>
internal abstract record BoxRule
{
    /// <summary>The box in pixels; it may reach outside the picture.</summary>
    public abstract PixelBox On(int width, int height);
}

/// <summary>A box in the pixels of a reference size, as TaichiHD's metadata gives it.</summary>
internal sealed record ReferenceBox(int Left, int Top, int Right, int Bottom, int Width, int Height) : BoxRule
{
    public override PixelBox On(int width, int height)
    {
        double x = (double)Width / width, y = (double)Height / height;
        var (left, top) = ((int)(Left / x), (int)(Top / y));
        return new PixelBox(left, top, (int)(Right / x) - left, (int)(Bottom / y) - top);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Left}-{Top}-{Right}-{Bottom} of {Width}x{Height}");
}

/// <summary>A box in shares of the picture, as CelebV-HQ's metadata gives it: enlarged by 0.02 on each side, then made square.</summary>
internal sealed record NormalizedBox(double Top, double Bottom, double Left, double Right) : BoxRule
{
    private const double Margin = 0.02;

    public override PixelBox On(int width, int height)
    {
        static int Pixels(double share, int side) => (int)Math.Round(Math.Clamp(share, 0, 1) * side, MidpointRounding.ToEven);
        int top = Pixels(Top - Margin, height), bottom = Pixels(Bottom + Margin, height);
        int left = Pixels(Left - Margin, width), right = Pixels(Right + Margin, width);
        int half = Math.Min(bottom - top, right - left) / 2;
        return new PixelBox(((left + right) / 2) - half, ((top + bottom) / 2) - half, 2 * half, 2 * half);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Top}-{Bottom}-{Left}-{Right}");
}
