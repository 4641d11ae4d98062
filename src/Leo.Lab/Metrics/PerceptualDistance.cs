using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>
/// How different frames look to a network, after LPIPS (Zhang et al. 2018) without its learnt weights: at every place the
/// features of a layer are brought to length 1, their squared difference is summed over the channels, averaged over the
/// places, and then over the layers. From 0, equal, to 2 where no feature is negative, and 4 otherwise. Numbers of different
/// networks cannot be compared, so <see cref="Name"/> stands beside each.
/// </summary>
/// <param name="network">What the network is called.</param>
/// <param name="features">[B, 3, H, W] in [-1, 1] → the layers' features, each [B, C, h, w].</param>
public sealed class PerceptualDistance(string network, Func<Tensor, IReadOnlyList<Tensor>> features)
{
    /// <summary>What stands beside every number: <c>lpips-style(…)</c>.</summary>
    public string Name { get; } = $"lpips-style({network})";

    /// <summary>The distance of each pair of frames.</summary>
    /// <param name="a">[n, 3, H, W] in [-1, 1]; values outside are clamped.</param>
    /// <param name="b">Likewise.</param>
    /// <returns>n values.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public double[] Of(Tensor a, Tensor b)
    {
        if (a.dim() != 4 || !a.shape.SequenceEqual(b.shape))
            throw new ArgumentException($"Frames [{string.Join(", ", a.shape)}] and [{string.Join(", ", b.shape)}] do not pair up.");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var layers = features(a.clamp(-1, 1)).Zip(features(b.clamp(-1, 1)), (x, y) => (Unit(x) - Unit(y)).square().sum(1L).mean([1L, 2L]));
        return stack(layers, 0).to(ScalarType.Float64).mean([0L]).contiguous().ToArray<double>();
    }

    private static Tensor Unit(Tensor layer) => layer / (layer.square().sum(1L, keepdim: true).sqrt() + 1e-10);
}
