namespace Leo.Lab.Media;

/// <summary>A decoded picture in memory.</summary>
[Display.TypeFormatterSource(typeof(Display.ShownFormatters))]
public sealed class Image
{
    /// <summary>Wraps pixels without copying them.</summary>
    /// <param name="height">Rows, H ≥ 1.</param>
    /// <param name="width">Columns, W ≥ 1.</param>
    /// <param name="rgb">RGB24 bytes, row after row: H·W·3 of them.</param>
    /// <exception cref="ArgumentException">The bytes do not fill exactly H·W·3, or a number is out of range.</exception>
    public Image(int height, int width, byte[] rgb)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        var expected = 3L * height * width;
        if (rgb.LongLength != expected)
            throw new ArgumentException($"{width}×{height} RGB pixels are {expected} bytes, not {rgb.LongLength}.", nameof(rgb));

        (Height, Width, Rgb) = (height, width, rgb);
    }

    /// <summary>Rows, H.</summary>
    public int Height { get; }

    /// <summary>Columns, W.</summary>
    public int Width { get; }

    /// <summary>All bytes: RGB24, H·W·3. Not a copy.</summary>
    public byte[] Rgb { get; }
}
