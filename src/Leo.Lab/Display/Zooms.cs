namespace Leo.Lab.Display;

/// <summary>How large small frames are shown: every pixel a square of whole screen pixels, so that they stay crisp.</summary>
internal static class Zooms
{
    /// <summary>Side that small pictures are enlarged to at most.</summary>
    public const int Side = 256;

    /// <summary>The zoom asked for, or the largest whole one that keeps within <paramref name="side"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A zoom below 1.</exception>
    public static int For(int height, int width, int? asked, int side = Side)
    {
        if (asked is { } zoom)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(zoom);
        return asked ?? Math.Max(1, side / Math.Max(height, width));
    }
}
