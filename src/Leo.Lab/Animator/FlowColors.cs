namespace Leo.Lab.Animator;

/// <summary>
/// The colour wheel of the Middlebury optical-flow benchmark (Baker et al. 2007): hue is direction, saturation is length,
/// no motion is white. The steps between the six hues are spaced by how well the eye tells them apart.
/// </summary>
public static class FlowColors
{
    private static readonly (float R, float G, float B)[] Wheel = MakeWheel();

    /// <summary>Number of colours round the wheel: 15 + 6 + 4 + 11 + 13 + 6 = 55.</summary>
    public static int WheelLength => Wheel.Length;

    /// <summary>Paints one flow field.</summary>
    /// <param name="x">Horizontal displacement, H·W values, any unit; to the right is positive.</param>
    /// <param name="y">Vertical displacement, H·W values; down is positive.</param>
    /// <param name="longest">The length that gets full saturation; longer vectors get darker. Same unit as <paramref name="x"/>.</param>
    /// <returns>RGB24, H·W·3 bytes.</returns>
    /// <exception cref="ArgumentException">The two differ in length, or <paramref name="longest"/> is not positive.</exception>
    public static byte[] ToRgb(ReadOnlySpan<float> x, ReadOnlySpan<float> y, float longest)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"x has {x.Length} values, y has {y.Length}.", nameof(y));
        if (!(longest > 0))
            throw new ArgumentException("The longest length has to be positive.", nameof(longest));

        byte[] rgb = new byte[x.Length * 3];
        for (int i = 0; i < x.Length; i++)
            Paint(x[i] / longest, y[i] / longest, rgb.AsSpan(i * 3, 3));
        return rgb;
    }

    /// <summary>The length of the longest vector, at least <paramref name="atLeast"/> so that stillness stays white.</summary>
    /// <param name="x">Horizontal displacement.</param>
    /// <param name="y">Vertical displacement.</param>
    /// <param name="atLeast">Lower bound. <value>Default 1e-3.</value></param>
    public static float Longest(ReadOnlySpan<float> x, ReadOnlySpan<float> y, float atLeast = 1e-3f)
    {
        float longest = atLeast;
        for (int i = 0; i < x.Length; i++)
            longest = MathF.Max(longest, MathF.Sqrt(x[i] * x[i] + y[i] * y[i]));
        return longest;
    }

    private static void Paint(float x, float y, Span<byte> rgb)
    {
        if (!float.IsFinite(x) || !float.IsFinite(y))
        {
            rgb.Clear(); // unknown flow is black, as in the benchmark
            return;
        }

        float length = MathF.Sqrt(x * x + y * y);
        float turn = MathF.Atan2(-y, -x) / MathF.PI;              // [-1, 1]
        float place = (turn + 1) / 2 * (Wheel.Length - 1);
        int below = (int)place;
        var a = Wheel[below];
        var b = Wheel[(below + 1) % Wheel.Length];
        float part = place - below;
        rgb[0] = Shade(a.R + part * (b.R - a.R), length);
        rgb[1] = Shade(a.G + part * (b.G - a.G), length);
        rgb[2] = Shade(a.B + part * (b.B - a.B), length);
    }

    // Within range the colour fades to white towards zero; beyond it, it darkens.
    private static byte Shade(float channel, float length) =>
        (byte)(255 * (length <= 1 ? 1 - length * (1 - channel) : channel * 0.75f));

    private static (float, float, float)[] MakeWheel()
    {
        var wheel = new List<(float, float, float)>(55);
        for (int i = 0; i < 15; i++) wheel.Add((1, i / 15f, 0));      // red to yellow
        for (int i = 0; i < 6; i++) wheel.Add((1 - i / 6f, 1, 0));    // yellow to green
        for (int i = 0; i < 4; i++) wheel.Add((0, 1, i / 4f));        // green to cyan
        for (int i = 0; i < 11; i++) wheel.Add((0, 1 - i / 11f, 1));  // cyan to blue
        for (int i = 0; i < 13; i++) wheel.Add((i / 13f, 0, 1));      // blue to magenta
        for (int i = 0; i < 6; i++) wheel.Add((1, 0, 1 - i / 6f));    // magenta to red
        return [.. wheel];
    }
}
