namespace Leo.Lab.Data.Puppets;

/// <summary>What a shape is painted with: a colour, a second one in a band along the shape's axis, and mild stripes.</summary>
internal readonly record struct Paint(Rgb Colour)
{
    /// <summary>The second colour: of the band, and what the stripes lean towards.</summary>
    public Rgb Accent { get; init; } = Colour;

    /// <summary>Where the band starts, 0 at the shape's first end, 1 at its last.</summary>
    public float BandFrom { get; init; } = 9;

    /// <summary>Where the band ends.</summary>
    public float BandTo { get; init; } = 10;

    /// <summary>How far stripes lean towards the accent, [0, 1].</summary>
    public float Stripes { get; init; }

    /// <summary>Stripes along the axis.</summary>
    public float StripeCount { get; init; } = 3;

    /// <summary>How round the shape is lit: 0 flat, 1 fully.</summary>
    public float Round { get; init; } = 1;

    /// <summary>Opacity, [0, 1].</summary>
    public float Alpha { get; init; } = 1;

    /// <summary>True where one colour does for the whole shape.</summary>
    public bool Plain => BandFrom > 8 && Stripes == 0;

    /// <summary>The colour at <paramref name="t"/> along the axis; <paramref name="soft"/> is the width of the band's edges.</summary>
    public Rgb At(float t, float soft)
    {
        float band = Math.Min(
            Math.Clamp(((t - BandFrom) / soft) + 0.5f, 0, 1), Math.Clamp(((BandTo - t) / soft) + 0.5f, 0, 1));
        if (Stripes > 0)
        {
            float wave = t * StripeCount;
            wave -= MathF.Floor(wave);
            wave = 1 - MathF.Abs((2 * wave) - 1);
            band = Math.Max(band, Stripes * wave * wave * (3 - (2 * wave)));
        }

        return Colour.Mix(Accent, band);
    }
}
