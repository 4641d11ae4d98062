using Leo.Lab.Perceptual;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>How far x̂_d is from x_d: a weighted sum of L1 terms and the perceptual one, each reported by name (LIA §3.3).</summary>
/// <param name="settings">The weights.</param>
/// <param name="perceptual">The perceptual term; null for none. Stays the caller's.</param>
public sealed class ReconstructionLoss(AnimatorRecipe settings, PerceptualLoss? perceptual = null)
{
    /// <summary>The weighted sum.</summary>
    /// <param name="image">x̂_d [B, 3, S, S].</param>
    /// <param name="source">x_s, likewise; where it differs from x_d, something moves.</param>
    /// <param name="driving">x_d, likewise.</param>
    /// <param name="report">Takes each term, unweighted, by name; may be null.</param>
    /// <returns>A scalar with a gradient to <paramref name="image"/>.</returns>
    public Tensor Total(Tensor image, Tensor source, Tensor driving, Action<string, Tensor>? report = null)
    {
        using var scope = NewDisposeScope();
        var difference = image - driving;
        Tensor? total = null;
        foreach (var (name, weight, term) in Terms(image, difference, source, driving))
        {
            report?.Invoke(name, term);
            total = total is null ? term * weight : total + term * weight;
        }
        return total!.MoveToOuterDisposeScope();
    }

    // Pooling and differencing are linear, so they act on the difference of the images rather than on each of them.
    private IEnumerable<(string Name, double Weight, Tensor Value)> Terms(Tensor image, Tensor difference, Tensor source, Tensor driving)
    {
        if (settings.L1Weight > 0) yield return ("l1", settings.L1Weight, L1(difference, source, driving));
        if (settings.SquaredWeight > 0) yield return ("squared", settings.SquaredWeight, difference.square().mean());
        if (settings.PyramidWeight > 0 && settings.PyramidLevels > 0) yield return ("pyramid", settings.PyramidWeight, Pyramid(difference));
        if (settings.EdgeWeight > 0) yield return ("edge", settings.EdgeWeight, Edges(difference, Emphasis(source, driving)));
        if (perceptual is not null && settings.PerceptualWeight > 0) yield return ("perceptual", settings.PerceptualWeight, perceptual.Of(image, driving));
    }

    private Tensor L1(Tensor difference, Tensor source, Tensor driving)
    {
        var distance = difference.abs();
        return (Emphasis(source, driving) is { } emphasis ? distance * emphasis : distance).mean();
    }

    // 1 + w·|x_s − x_d|, or null where all pixels count alike.
    private Tensor? Emphasis(Tensor source, Tensor driving) =>
        settings.MovingWeight > 0 ? 1 + settings.MovingWeight * (source - driving).abs() : null;

    private Tensor Pyramid(Tensor difference)
    {
        Tensor? sum = null;
        for (int level = 0; level < settings.PyramidLevels; level++)
        {
            difference = nn.functional.avg_pool2d(difference, 2);
            var term = difference.abs().mean();
            sum = sum is null ? term : sum + term;
        }
        return sum! / settings.PyramidLevels;
    }

    private static Tensor Edges(Tensor difference, Tensor? emphasis) => Edges(difference, emphasis, 2) + Edges(difference, emphasis, 3);

    private static Tensor Edges(Tensor difference, Tensor? emphasis, long dim)
    {
        long length = difference.shape[dim] - 1;
        var edges = (difference.narrow(dim, 1, length) - difference.narrow(dim, 0, length)).abs();
        return (emphasis is null ? edges : edges * emphasis.narrow(dim, 1, length)).mean();
    }
}
