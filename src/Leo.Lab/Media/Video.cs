namespace Leo.Lab.Media;

/// <summary>Decoded frames of one size and one constant rate, in memory.</summary>
[Display.TypeFormatterSource(typeof(Display.ShownFormatters))]
public sealed class Video
{
    /// <summary>Wraps frames without copying them.</summary>
    /// <param name="frameCount">Frames, T ≥ 0.</param>
    /// <param name="height">Rows, H ≥ 1.</param>
    /// <param name="width">Columns, W ≥ 1.</param>
    /// <param name="framesPerSecond">Rate, above zero.</param>
    /// <param name="rgb">RGB24 bytes, frame after frame, row after row: T·H·W·3 of them.</param>
    /// <exception cref="ArgumentException">The bytes do not fill exactly T·H·W·3, or a number is out of range.</exception>
    public Video(int frameCount, int height, int width, double framesPerSecond, byte[] rgb)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentOutOfRangeException.ThrowIfNegative(frameCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (!(framesPerSecond > 0) || double.IsInfinity(framesPerSecond))
            throw new ArgumentOutOfRangeException(nameof(framesPerSecond), framesPerSecond, "A frame rate is a finite number above zero.");
        long expected = 3L * frameCount * height * width;
        if (rgb.LongLength != expected)
            throw new ArgumentException($"{frameCount} frames of {width}×{height} RGB are {expected} bytes, not {rgb.LongLength}.", nameof(rgb));

        (FrameCount, Height, Width, FramesPerSecond, Rgb) = (frameCount, height, width, framesPerSecond, rgb);
    }

    /// <summary>Frames, T.</summary>
    public int FrameCount { get; }

    /// <summary>Rows, H.</summary>
    public int Height { get; }

    /// <summary>Columns, W.</summary>
    public int Width { get; }

    /// <summary>Frames a second; of a video with a variable rate, its mean.</summary>
    public double FramesPerSecond { get; }

    /// <summary>All bytes: RGB24, T·H·W·3. Not a copy.</summary>
    public byte[] Rgb { get; }

    /// <summary>The H·W·3 bytes of frame <paramref name="i"/>; writing into them changes the video.</summary>
    /// <param name="i">0 … T−1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such frame.</exception>
    public Span<byte> Frame(int i)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(i);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(i, FrameCount);
        int size = Height * Width * 3;
        return Rgb.AsSpan(i * size, size);
    }

    /// <summary>A copy of frame <paramref name="i"/> as a picture.</summary>
    public Image ImageAt(int i) => new(Height, Width, Frame(i).ToArray());
}
