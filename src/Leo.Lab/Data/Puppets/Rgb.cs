namespace Leo.Lab.Data.Puppets;

/// <summary>A colour, each channel in [0, 1] (gamma-encoded, as it stands in the file).</summary>
/// <param name="R">Red.</param>
/// <param name="G">Green.</param>
/// <param name="B">Blue.</param>
public readonly record struct Rgb(float R, float G, float B)
{
    /// <summary>Brightness as the eye weighs it (Rec. 601 luma), in [0, 1].</summary>
    public float Luma() => (0.299f * R) + (0.587f * G) + (0.114f * B);

    /// <summary>This colour on the way to another.</summary>
    /// <param name="other">Where <paramref name="amount"/> 1 arrives.</param>
    /// <param name="amount">In [0, 1].</param>
    public Rgb Mix(Rgb other, float amount) =>
        new(R + ((other.R - R) * amount), G + ((other.G - G) * amount), B + ((other.B - B) * amount));

    /// <summary>How different two colours look: Euclidean distance with luma counted twice.</summary>
    /// <param name="other">The other colour.</param>
    public float Distance(Rgb other)
    {
        float r = R - other.R, g = G - other.G, b = B - other.B, l = Luma() - other.Luma();
        return MathF.Sqrt((r * r) + (g * g) + (b * b) + (3 * l * l));
    }

    /// <summary>Makes a colour from hue, saturation and value.</summary>
    /// <param name="hue">In turns; only the fraction counts.</param>
    /// <param name="saturation">In [0, 1].</param>
    /// <param name="value">In [0, 1].</param>
    public static Rgb FromHsv(float hue, float saturation, float value)
    {
        float Channel(float shift)
        {
            float h = hue + shift;
            h = (h - MathF.Floor(h)) * 6;
            return value * (1 - (saturation * (1 - Math.Clamp(MathF.Abs(h - 3) - 1, 0, 1))));
        }

        return new(Channel(0), Channel(2 / 3f), Channel(1 / 3f));
    }

    /// <summary>Darker or lighter, channel by channel.</summary>
    /// <param name="colour">The colour.</param>
    /// <param name="factor">1 leaves it alone.</param>
    public static Rgb operator *(Rgb colour, float factor) =>
        new(colour.R * factor, colour.G * factor, colour.B * factor);
}
