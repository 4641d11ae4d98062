using System.Numerics;

namespace Leo.Lab.Data.Puppets;

/// <summary>
/// Paints shapes given by signed distance, with edges one pixel soft. Coordinates are the image's: x to the right and
/// y down, both −1 … 1 from edge to edge, and so are all lengths.
/// </summary>
internal sealed class Canvas
{
    // From where the light comes: from the viewer, a little from above and from the left.
    private const float LightX = -0.34f, LightY = -0.42f, LightZ = 0.84f;

    private readonly float[] _pixels; // [size, size, 3]
    private readonly float _step;     // one pixel's width

    public Canvas(int size, bool trackParts = false)
    {
        Size = size;
        _step = 2f / size;
        _pixels = new float[size * size * 3];
        Covered = trackParts ? new int[size * size] : null;
    }

    public int Size { get; }

    /// <summary>The bit that the shapes painted from now on set in <see cref="Covered"/>.</summary>
    public int Part { get; set; }

    /// <summary>Per pixel the parts that cover it, hidden ones too: where two bits stand, one part hides another.</summary>
    public int[]? Covered { get; }

    public Span<float> Pixels => _pixels;

    public void Start(ReadOnlySpan<float> background)
    {
        background.CopyTo(_pixels);
        Covered?.AsSpan().Clear();
        Part = 0;
    }

    /// <summary>The picture as RGB24.</summary>
    public void CopyTo(Span<byte> rgb)
    {
        for (int i = 0; i < _pixels.Length; i++)
        {
            rgb[i] = (byte)((Math.Clamp(_pixels[i], 0, 1) * 255) + 0.5f);
        }
    }

    private void Blend(int x, int y, Rgb colour, float light, float alpha)
    {
        int i = (y * Size) + x;
        if (Covered is not null && alpha > 0.5f)
        {
            Covered[i] |= Part;
        }

        i *= 3;
        _pixels[i] += ((colour.R * light) - _pixels[i]) * alpha;
        _pixels[i + 1] += ((colour.G * light) - _pixels[i + 1]) * alpha;
        _pixels[i + 2] += ((colour.B * light) - _pixels[i + 2]) * alpha;
    }

    /// <summary>How much light a surface gets whose normal has this x and y.</summary>
    private static float Light(float nx, float ny, float round)
    {
        float nz = MathF.Sqrt(Math.Max(0, 1 - (nx * nx) - (ny * ny)));
        float lambert = Math.Max(0, (nx * LightX) + (ny * LightY) + (nz * LightZ));
        return 1 + (((0.56f + (0.52f * lambert)) - 1) * round);
    }

    private int First(float low) => Math.Clamp((int)((low + 1) / _step) - 1, 0, Size);

    private int Last(float high) => Math.Clamp((int)((high + 1) / _step) + 2, 0, Size);

    private float Centre(int index) => ((index + 0.5f) * _step) - 1;

    private float Coverage(float distance) => Math.Clamp(0.5f - (distance / _step), 0, 1);

    private static Vector2 Direction(float angle) => new((float)Math.Cos(angle), (float)Math.Sin(angle));

    /// <summary>A limb: round ends at a and b, its radius going from one to the other; the paint's axis runs from a to b.</summary>
    public void Capsule(Vector2 a, Vector2 b, float radiusA, float radiusB, in Paint paint)
    {
        var axis = b - a;
        float square = Math.Max(axis.LengthSquared(), 1e-8f), soft = _step / MathF.Sqrt(square);
        float reach = Math.Max(radiusA, radiusB) + _step;
        int left = First(Math.Min(a.X, b.X) - reach), right = Last(Math.Max(a.X, b.X) + reach);
        int bottom = Last(Math.Max(a.Y, b.Y) + reach);
        for (int y = First(Math.Min(a.Y, b.Y) - reach); y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                var p = new Vector2(Centre(x), Centre(y)) - a;
                float along = Vector2.Dot(p, axis) / square, t = Math.Clamp(along, 0, 1);
                var off = p - (axis * t);
                float radius = radiusA + ((radiusB - radiusA) * t), distance = off.Length();
                float alpha = Coverage(distance - radius) * paint.Alpha;
                if (alpha > 0)
                {
                    off /= Math.Max(radius, distance);
                    var colour = paint.Plain ? paint.Colour : paint.At(along, soft);
                    Blend(x, y, colour, Light(off.X, off.Y, paint.Round), alpha);
                }
            }
        }
    }

    /// <summary>
    /// A turned ellipse. <paramref name="bend"/> lifts its ends (a smile), <paramref name="ring"/> &gt; 0 leaves only its
    /// rim of that width, <paramref name="softness"/> widens the edge. The paint's axis runs down, from top to bottom.
    /// </summary>
    public void Ellipse(
        Vector2 centre, float radiusX, float radiusY, float angle, in Paint paint,
        float bend = 0, float ring = 0, float softness = 0, EllipseClip? clip = null)
    {
        var across = Direction(angle);
        float lift = MathF.Abs(bend);
        float halfX = (MathF.Abs(across.X) * radiusX) + (MathF.Abs(across.Y) * (radiusY + lift)) + ring + softness + _step;
        float halfY = (MathF.Abs(across.Y) * radiusX) + (MathF.Abs(across.X) * (radiusY + lift)) + ring + softness + _step;
        float soft = _step / (2 * radiusY), inverseX = 1 / radiusX, inverseY = 1 / radiusY;
        int left = First(centre.X - halfX), right = Last(centre.X + halfX), bottom = Last(centre.Y + halfY);
        for (int y = First(centre.Y - halfY); y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                float dx = Centre(x) - centre.X, dy = Centre(y) - centre.Y;
                float u = ((dx * across.X) + (dy * across.Y)) * inverseX;
                float v = (-dx * across.Y) + (dy * across.X);
                v = (v + (bend * Math.Min(u * u, 1.4f))) * inverseY;
                float distance = EllipseDistance(u, v, inverseX, inverseY);
                if (ring > 0)
                {
                    distance = MathF.Abs(distance) - (ring / 2);
                }

                float alpha = softness > 0 ? Math.Clamp(0.5f - (distance / softness), 0, 1) : Coverage(distance);
                alpha *= paint.Alpha;
                if (alpha > 0 && clip is not null)
                {
                    alpha *= clip.Value.Coverage(dx + centre.X, dy + centre.Y, _step);
                }

                if (alpha > 0)
                {
                    var colour = paint.Plain ? paint.Colour : paint.At((v + 1) / 2, soft);
                    // The normal in the image's own axes, so that the light stays where it is when a head rolls.
                    Blend(x, y, colour, Light((u * across.X) - (v * across.Y), (u * across.Y) + (v * across.X), paint.Round), alpha);
                }
            }
        }
    }

    /// <summary>A trunk from <paramref name="top"/> to <paramref name="bottom"/>, its half width going through three values.</summary>
    public void Trunk(Vector2 top, Vector2 bottom, float upper, float middle, float lower, float corner, in Paint paint)
    {
        var axis = bottom - top;
        float length = axis.Length(), widest = Math.Max(upper, Math.Max(middle, lower)), soft = _step / length;
        axis /= length;
        float reach = widest + corner;
        int left = First(Math.Min(top.X, bottom.X) - reach), right = Last(Math.Max(top.X, bottom.X) + reach);
        int end = Last(Math.Max(top.Y, bottom.Y) + reach);
        for (int y = First(Math.Min(top.Y, bottom.Y) - reach); y < end; y++)
        {
            for (int x = left; x < right; x++)
            {
                float dx = Centre(x) - top.X, dy = Centre(y) - top.Y;
                float along = (dx * axis.X) + (dy * axis.Y), side = (dx * axis.Y) - (dy * axis.X);
                float t = along / length, c = Math.Clamp(t, 0, 1);
                // The quadratic Bézier that passes through the three widths at 0, ½ and 1.
                float half = (upper * (1 - c) * (1 - (2 * c))) + (middle * 4 * c * (1 - c)) + (lower * c * ((2 * c) - 1));
                float qx = MathF.Abs(side) - half + corner, qy = MathF.Abs(along - (length / 2)) - (length / 2) + corner;
                float ox = Math.Max(qx, 0), oy = Math.Max(qy, 0);
                float alpha = Coverage(MathF.Sqrt((ox * ox) + (oy * oy)) + Math.Min(Math.Max(qx, qy), 0) - corner) * paint.Alpha;
                if (alpha > 0)
                {
                    float n = Math.Clamp(side / (half + 0.01f), -1, 1) * 0.9f, m = (t - 0.45f) * 0.35f;
                    var colour = paint.Plain ? paint.Colour : paint.At(t, soft);
                    Blend(x, y, colour, Light((n * axis.Y) + (m * axis.X), (-n * axis.X) + (m * axis.Y), paint.Round), alpha);
                }
            }
        }
    }

    /// <summary>First-order distance to an ellipse whose coordinates are already divided by its radii.</summary>
    internal static float EllipseDistance(float u, float v, float inverseX, float inverseY)
    {
        float value = MathF.Sqrt((u * u) + (v * v)), gx = u * inverseX, gy = v * inverseY;
        float slope = MathF.Sqrt((gx * gx) + (gy * gy));
        return slope < 1e-6f ? -1 / Math.Max(inverseX, inverseY) : value * (value - 1) / slope;
    }
}

/// <summary>Keeps what is painted inside a turned ellipse: an iris stays within its eye.</summary>
internal readonly record struct EllipseClip(Vector2 Centre, float RadiusX, float RadiusY, Vector2 Across)
{
    /// <summary>How much of the pixel at (x, y) lies inside, [0, 1].</summary>
    public float Coverage(float x, float y, float step)
    {
        float dx = x - Centre.X, dy = y - Centre.Y;
        float u = ((dx * Across.X) + (dy * Across.Y)) / RadiusX, v = ((-dx * Across.Y) + (dy * Across.X)) / RadiusY;
        return Math.Clamp(0.5f - (Canvas.EllipseDistance(u, v, 1 / RadiusX, 1 / RadiusY) / step), 0, 1);
    }
}

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
