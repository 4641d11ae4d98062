using static TorchSharp.torch;

namespace Leo.Lab.Data;

/// <summary>
/// Brightness, contrast, saturation and hue of frames, changed as torchvision's <c>ColorJitter</c> does, on which LIA's training code
/// for TaichiHD and TED relies. Source and driving frame get the same change, so that colours never tell the motion.
/// </summary>
public static class ColourJitter
{
    // ITU-R 601-2, torchvision's numbers.
    private const double Red = 0.2989, Green = 0.587, Blue = 0.114;

    /// <summary>Changes the colours of every frame.</summary>
    /// <param name="frames">[N, 3, H, W] in [-1, 1].</param>
    /// <param name="change">What to do.</param>
    /// <returns>[N, 3, H, W] in [-1, 1].</returns>
    /// <exception cref="ArgumentException">No RGB frames, or no such order.</exception>
    public static Tensor Apply(Tensor frames, ColourChange change)
    {
        if (frames.dim() != 4 || frames.shape[1] != 3)
            throw new ArgumentException($"Expected frames [N, 3, H, W], found [{string.Join(", ", frames.shape)}].", nameof(frames));
        if (change.Order is < 0 or > 23)
            throw new ArgumentException($"Expected an order from 0 to 23, found {change.Order}.", nameof(change));
        using var scope = NewDisposeScope();
        var rgb = (frames + 1) / 2;
        foreach (var step in Ordered([Brighten, Contrast, Saturate, Turn], change.Order))
            rgb = step(rgb, change);
        return (rgb * 2 - 1).MoveToOuterDisposeScope();
    }

    private static Tensor Brighten(Tensor rgb, ColourChange change) => (rgb * change.Brightness).clamp(0, 1);

    private static Tensor Contrast(Tensor rgb, ColourChange change) => Blend(rgb, Grey(rgb).mean([1, 2, 3], keepdim: true), change.Contrast);

    private static Tensor Saturate(Tensor rgb, ColourChange change) => Blend(rgb, Grey(rgb), change.Saturation);

    private static Tensor Blend(Tensor rgb, Tensor other, double factor) => (rgb * factor + other * (1 - factor)).clamp(0, 1);

    private static Tensor Grey(Tensor rgb) => rgb.narrow(1, 0, 1) * Red + rgb.narrow(1, 1, 1) * Green + rgb.narrow(1, 2, 1) * Blue;

    // To hue, saturation and value and back. A hue h in [0, 6) gives channel n = 5, 3, 1 the value
    // v − v·s·max(0, min(k, 4 − k, 1)) with k = (n + h) mod 6 (Smith 1978, in closed form).
    private static Tensor Turn(Tensor rgb, ColourChange change)
    {
        if (change.Hue == 0) return rgb;
        var (r, g, b) = (rgb.narrow(1, 0, 1), rgb.narrow(1, 1, 1), rgb.narrow(1, 2, 1));
        var value = rgb.amax([1], keepdim: true);
        var chroma = value - rgb.amin([1], keepdim: true);
        var safe = chroma.clamp(1e-8);
        var hue = where(value.eq(r), (g - b) / safe, where(value.eq(g), (b - r) / safe + 2, (r - g) / safe + 4)) + 6 * change.Hue;
        return cat([.. new[] { 5, 3, 1 }.Select(Channel)], 1);

        Tensor Channel(int n)
        {
            var k = (hue + n).remainder(6);
            return value - chroma * minimum(k, 4 - k).clamp(0, 1);
        }
    }

    // The order-th permutation, in the factorial number system.
    private static IEnumerable<T> Ordered<T>(List<T> items, int order)
    {
        for (var (left, radix) = (items.Count, 6); left > 0; left--, radix /= Math.Max(left, 1))
        {
            int index = order / radix;
            order %= radix;
            yield return items[index];
            items.RemoveAt(index);
        }
    }
}

/// <summary>One draw of <see cref="ColourJitter"/>: what happens to the colours of both frames of a pair.</summary>
/// <param name="Brightness">Factor on all values.</param>
/// <param name="Contrast">Factor on the distance to the frame's mean grey.</param>
/// <param name="Saturation">Factor on the distance to the pixel's own grey.</param>
/// <param name="Hue">Turn of the colour circle, −½ to ½.</param>
/// <param name="Order">Which of the 24 orders they are applied in, 0 to 23; 0 is as listed here.</param>
public readonly record struct ColourChange(double Brightness, double Contrast, double Saturation, double Hue, int Order = 0)
{
    /// <summary>Numbers in [0, 1) that a change takes.</summary>
    internal const int Draws = 5;

    /// <summary>A change of strength <paramref name="jitter"/> from five numbers in [0, 1).</summary>
    internal static ColourChange Draw(ReadOnlySpan<double> draws, double jitter)
    {
        return new ColourChange(Factor(draws[0]), Factor(draws[1]), Factor(draws[2]), jitter * (2 * draws[3] - 1), RandomDraws.Index(draws[4], 24));

        double Factor(double draw) => 1 + jitter * (2 * draw - 1);
    }
}
