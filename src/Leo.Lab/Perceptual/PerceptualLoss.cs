using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Perceptual;

/// <summary>
/// Σ over sizes and layers of the mean |f(x̂) − f(x)|: the perceptual pyramid of LIA §3.3, after Johnson et al. 2016. The
/// weight, 10 in LIA, is the caller's.
/// </summary>
public sealed class PerceptualLoss : IDisposable
{
    private readonly IPerceptualFeatures _features;
    private readonly ImagePyramid _pyramid;

    /// <summary>Sets the loss up for images of one size.</summary>
    /// <param name="features">The frozen network; taken over.</param>
    /// <param name="size">Side of the images in pixels.</param>
    /// <param name="scales">Sizes that are wanted: 4 are 1, ½, ¼ and ⅛. Those too small for the network are left out.</param>
    /// <exception cref="SettingsException">The network cannot see even the whole image.</exception>
    public PerceptualLoss(IPerceptualFeatures features, int size, int scales = 4)
    {
        _features = features;
        var levels = ImagePyramid.Fitting(size, scales, features.LeastSize);
        if (levels == 0)
        {
            throw new SettingsException("animator training settings",
                [$"Perceptual is {features.Name}, which needs images of {features.LeastSize} pixels at least, found {size}"]);
        }
        _pyramid = new ImagePyramid(levels);
        var text = $"{features.Name} at scales {Scales(0, levels)}";
        Description = levels == scales ? text : $"{text}; {Scales(levels, scales)} left out, as {features.Name} needs {features.LeastSize} pixels";
    }

    /// <summary>Network and sizes in words, what was left out too: <c>vgg19 at scales 1, 1/2, 1/4; 1/8 left out, as vgg19 needs 16 pixels</c>.</summary>
    public string Description { get; }

    /// <summary>The sum, unweighted; no gradient reaches <paramref name="driving"/>.</summary>
    /// <param name="image">x̂ [B, 3, S, S] in [-1, 1].</param>
    /// <param name="driving">x, likewise.</param>
    /// <returns>A scalar.</returns>
    public Tensor Of(Tensor image, Tensor driving)
    {
        using var scope = NewDisposeScope();
        Tensor? sum = null;
        foreach (var (generated, real) in _pyramid.Of(image).Zip(_pyramid.Of(driving)))
        {
            foreach (var (found, wanted) in _features.Features(generated).Zip(Fixed(real)))
            {
                var term = nn.functional.l1_loss(found, wanted);
                sum = sum is null ? term : sum + term;
            }
        }
        return sum!.MoveToOuterDisposeScope();
    }

    /// <summary>Frees network and filters.</summary>
    public void Dispose()
    {
        _features.Dispose();
        _pyramid.Dispose();
    }

    private IReadOnlyList<Tensor> Fixed(Tensor images)
    {
        using var noGrad = no_grad();
        return _features.Features(images);
    }

    private static string Scales(int from, int to) =>
        string.Join(", ", Enumerable.Range(from, Math.Max(0, to - from)).Select(level => level == 0 ? "1" : $"1/{1 << level}"));
}
