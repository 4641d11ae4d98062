namespace Leo.Lab.Data.Puppets;

/// <summary>Colours that people and rooms have: continuous draws around natural tones.</summary>
internal static class Palette
{
    // From fair to dark.
    private static readonly Rgb[] Skins =
    [
        new(0.97f, 0.83f, 0.74f), new(0.93f, 0.75f, 0.62f), new(0.84f, 0.63f, 0.48f), new(0.72f, 0.50f, 0.36f),
        new(0.55f, 0.37f, 0.26f), new(0.40f, 0.26f, 0.19f),
    ];

    // Black, dark brown, brown, auburn, dark blond, blond, grey, white.
    private static readonly Rgb[] Hairs =
    [
        new(0.07f, 0.06f, 0.06f), new(0.20f, 0.13f, 0.09f), new(0.36f, 0.22f, 0.13f), new(0.50f, 0.22f, 0.11f),
        new(0.58f, 0.44f, 0.25f), new(0.84f, 0.68f, 0.38f), new(0.55f, 0.54f, 0.54f), new(0.86f, 0.85f, 0.83f),
    ];

    private static readonly Rgb[] Irises =
    [
        new(0.20f, 0.11f, 0.06f), new(0.33f, 0.20f, 0.10f), new(0.22f, 0.36f, 0.26f), new(0.18f, 0.34f, 0.56f),
        new(0.30f, 0.38f, 0.44f),
    ];

    public static Rgb Skin(PuppetRandom random) => Between(Skins, random.Range(0, Skins.Length - 1));

    public static Rgb Iris(PuppetRandom random) => Between(Irises, random.Range(0, Irises.Length - 1));

    /// <summary>Hair; dark skin rarely goes with fair hair unless it has turned grey.</summary>
    public static Rgb Hair(PuppetRandom random, Rgb skin)
    {
        float place = random.Chance(0.15f) ? random.Range(6, 7) : random.Range(0, skin.Luma() < 0.5f ? 1.5f : 5);
        return Between(Hairs, place);
    }

    /// <summary>A garment's colour that differs visibly from all of <paramref name="apartFrom"/>.</summary>
    public static Rgb Cloth(PuppetRandom random, float distance, params ReadOnlySpan<Rgb> apartFrom)
    {
        for (int attempt = 0; ; attempt++)
        {
            bool muted = random.Chance(0.3f);
            var colour = Rgb.FromHsv(
                random.Next(), muted ? random.Range(0, 0.2f) : random.Range(0.4f, 0.85f), random.Range(muted ? 0.15f : 0.3f, 0.95f));
            // The wish shrinks with every refusal, so that the loop ends for any colours.
            if (Apart(colour, distance - (attempt * 0.01f), apartFrom))
            {
                return colour;
            }
        }
    }

    /// <summary>A wall's colour, muted, that differs visibly from all of <paramref name="apartFrom"/>.</summary>
    public static Rgb Wall(PuppetRandom random, float distance, params ReadOnlySpan<Rgb> apartFrom)
    {
        for (int attempt = 0; ; attempt++)
        {
            var colour = Rgb.FromHsv(random.Next(), random.Range(0.05f, 0.42f), random.Range(0.25f, 0.95f));
            if (Apart(colour, distance - (attempt * 0.01f), apartFrom))
            {
                return colour;
            }
        }
    }

    private static bool Apart(Rgb colour, float distance, ReadOnlySpan<Rgb> others)
    {
        foreach (var other in others)
        {
            if (colour.Distance(other) < distance)
            {
                return false;
            }
        }

        return true;
    }

    private static Rgb Between(Rgb[] tones, float place)
    {
        int index = Math.Min((int)place, tones.Length - 2);
        return tones[index].Mix(tones[index + 1], place - index);
    }
}

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
