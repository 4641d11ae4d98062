using System.Numerics;

namespace Leo.Lab.Data.Puppets;

/// <summary>
/// Paints shapes given by signed distance, with edges one pixel soft. Coordinates are the image's: x to the right and
/// y down, both −1 … 1 from edge to edge, and so are all lengths.
/// </summary>
internal sealed partial class Canvas
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
}
