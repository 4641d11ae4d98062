using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>
/// How different frames look to a network, after LPIPS (Zhang et al. 2018): at every place the features of a layer are brought to length 1, their squared
/// difference is summed over the channels and averaged over the places. Without learnt weights (<c>lpips-style</c>) then averaged over the layers: from 0,
/// equal, to 2 where no feature is negative, and 4 otherwise. With them (<see cref="LpipsNetwork"/>) each channel has its weight, and layers are summed.
/// Numbers of different networks cannot be compared, so <see cref="Name"/> stands beside each.
/// </summary>
public sealed class PerceptualDistance
{
    private readonly Func<Tensor, IReadOnlyList<Tensor>> _features;
    private readonly IReadOnlyList<Tensor>? _weights;

    /// <summary>Makes one without learnt weights.</summary>
    /// <param name="network">What the network is called.</param>
    /// <param name="features">[B, 3, H, W] in [-1, 1] → the layers' features, each [B, C, h, w].</param>
    public PerceptualDistance(string network, Func<Tensor, IReadOnlyList<Tensor>> features)
        : this($"lpips-style({network})", features, null)
    {
    }

    /// <summary>Makes one with learnt weights, each [1, C, 1, 1].</summary>
    internal PerceptualDistance(string name, Func<Tensor, IReadOnlyList<Tensor>> features, IReadOnlyList<Tensor>? weights) => (Name, _features, _weights) = (name, features, weights);

    /// <summary>What stands beside every number: <c>lpips-style(…)</c>, or <c>lpips(…)</c> with the learnt weights.</summary>
    public string Name { get; }

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
        var differences = _features(a.clamp(-1, 1)).Zip(_features(b.clamp(-1, 1)), (x, y) => (Unit(x) - Unit(y)).square());
        var layers = stack(differences.Select((d, i) => (_weights is null ? d : d * _weights[i]).sum(1L).mean([1L, 2L])), 0).to(ScalarType.Float64);
        return (_weights is null ? layers.mean([0L]) : layers.sum(0L)).contiguous().ToArray<double>();
    }

    private static Tensor Unit(Tensor layer) => layer / (layer.square().sum(1L, keepdim: true).sqrt() + 1e-10);
}

/// <summary>
/// Structural similarity (Wang, Bovik, Sheikh &amp; Simoncelli 2004): 11×11 Gaussian window with σ = 1.5, K₁ = 0.01, K₂ = 0.03, over
/// the places where the window fits; each channel by itself, then their mean. Frames are not reduced first.
/// </summary>
public static class Ssim
{
    /// <summary>Side of the window.</summary>
    public const int Window = 11;

    private const double Sigma = 1.5, C1 = 0.01 * 0.01, C2 = 0.03 * 0.03; // for values in [0, 1]

    /// <summary>The similarity of each pair of frames: 1 for equal ones, down to −1.</summary>
    /// <param name="a">[n, C, H, W] in [-1, 1], at least 11×11; values outside are clamped.</param>
    /// <param name="b">Likewise; n frames, or one for all.</param>
    /// <returns>n values.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or the frames are smaller than the window.</exception>
    public static double[] Of(Tensor a, Tensor b)
    {
        if (a.dim() != 4 || b.dim() != 4 || !a.shape[1..].SequenceEqual(b.shape[1..]) || (a.shape[0] != b.shape[0] && a.shape[0] != 1 && b.shape[0] != 1))
            throw new ArgumentException($"Frames [{string.Join(", ", a.shape)}] and [{string.Join(", ", b.shape)}] do not pair up.");
        if (a.shape[2] < Window || a.shape[3] < Window)
            throw new ArgumentException($"Frames of {a.shape[3]}×{a.shape[2]} are smaller than SSIM's window of {Window}×{Window}.");

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        // Luminance enters by its size, so that −1 … 1 has to become 0 … 1. Variances are small differences: Float64.
        var x = (a.to(ScalarType.Float64).clamp(-1, 1) + 1) / 2;
        var y = (b.to(ScalarType.Float64).clamp(-1, 1) + 1) / 2;
        Tensor meanX = Smooth(x), meanY = Smooth(y), both = meanX * meanY, xx = meanX.square(), yy = meanY.square();
        Tensor varX = Smooth(x.square()) - xx, varY = Smooth(y.square()) - yy, covariance = Smooth(x * y) - both;
        var map = (2 * both + C1) * (2 * covariance + C2) / ((xx + yy + C1) * (varX + varY + C2));
        return map.mean([1L, 2L, 3L]).ToArray<double>();
    }

    // The window is a product, so rows and columns can be smoothed one after the other.
    private static Tensor Smooth(Tensor frames)
    {
        var at = arange(Window, dtype: ScalarType.Float64) - Window / 2;
        var bell = (at.square() / (-2 * Sigma * Sigma)).exp();
        var window = bell / bell.sum();
        var planes = frames.reshape(-1, 1, frames.shape[2], frames.shape[3]);
        var smooth = nn.functional.conv2d(nn.functional.conv2d(planes, window.reshape(1, 1, Window, 1)), window.reshape(1, 1, 1, Window));
        return smooth.reshape(frames.shape[0], frames.shape[1], smooth.shape[2], smooth.shape[3]);
    }
}
