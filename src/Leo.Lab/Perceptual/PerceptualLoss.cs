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
        int levels = ImagePyramid.Fitting(size, scales, features.LeastSize);
        if (levels == 0)
        {
            throw new SettingsException("animator training settings",
                [$"Perceptual is {features.Name}, which needs images of {features.LeastSize} pixels at least, found {size}"]);
        }
        _pyramid = new ImagePyramid(levels);
        string text = $"{features.Name} at scales {Scales(0, levels)}";
        Description = levels == scales ? text : $"{text}; {Scales(levels, scales)} left out, as {features.Name} needs {features.LeastSize} pixels";
    }

    /// <summary>Network and sizes in words, what was left out too: <c>vgg19 at scales 1, 1/2, 1/4; 1/8 left out, as vgg19 needs 16 pixels</c>.</summary>
    public string Description { get; }

    /// <summary>In which numbers the features are computed; their differences are float32 in each.</summary>
    /// <value>Float32</value>
    public Precision Precision { get; set; }

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
            foreach (var (found, wanted) in _features.Features(generated, Precision).Zip(Fixed(real)))
            {
                var term = nn.functional.l1_loss(found, wanted);
                sum = sum is null ? term : sum + term;
            }
        }
        return sum!.MoveToOuterDisposeScope();
    }

    /// <summary>Moves network and filters.</summary>
    /// <param name="device">Where to.</param>
    public void MoveTo(Device device)
    {
        _features.MoveTo(device);
        _pyramid.MoveTo(device);
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
        return _features.Features(images, Precision);
    }

    private static string Scales(int from, int to) =>
        string.Join(", ", Enumerable.Range(from, Math.Max(0, to - from)).Select(level => level == 0 ? "1" : $"1/{1 << level}"));
}

/// <summary>
/// Pictures at 1, ½, ¼, ⅛ of their size, each made from the original by a Gaussian and then by leaving pixels out:
/// the pyramid of LIA and the first-order model (Siarohin et al. 2019).
/// </summary>
/// <remarks>
/// For a factor f the Gaussian has σ = (f − 1)/2 on 2·round(4σ) + 1 taps and the border is zero. Only the pixels that stay
/// are computed.
/// </remarks>
internal sealed class ImagePyramid : IDisposable
{
    private readonly List<Tensor> _kernels = [];                          // [3, 1, k, k] for 2, 4, 8 …

    /// <summary>Makes the filters.</summary>
    /// <param name="levels">Sizes, the original among them; 1 to 6.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside 1 to 6.</exception>
    public ImagePyramid(int levels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, 6);
        for (int level = 1; level < levels; level++) _kernels.Add(Kernel(1 << level));
    }

    /// <summary>Sizes, the original among them.</summary>
    public int Levels => _kernels.Count + 1;

    /// <summary>[B, 3, H, W] → the same pictures with sides 1, ½, ¼ … (rounded up), largest first; the first is a view.</summary>
    public IReadOnlyList<Tensor> Of(Tensor images)
    {
        var pictures = new List<Tensor> { images.alias() };
        for (int level = 1; level < Levels; level++)
        {
            var kernel = _kernels[level - 1];
            long stride = 1L << level, padding = kernel.shape[3] / 2;
            pictures.Add(nn.functional.conv2d(images, kernel, null, [stride, stride], [padding, padding], null, 3));
        }
        return pictures;
    }

    /// <summary>Moves the filters.</summary>
    public void MoveTo(Device device)
    {
        for (int i = 0; i < _kernels.Count; i++)
        {
            using var before = _kernels[i];
            _kernels[i] = before.to(device).alias().DetachFromDisposeScope();
        }
    }

    /// <summary>Frees the filters.</summary>
    public void Dispose()
    {
        foreach (var kernel in _kernels) kernel.Dispose();
    }

    /// <summary>How many of <paramref name="wanted"/> sizes of a picture are at least <paramref name="least"/> pixels wide.</summary>
    internal static int Fitting(int size, int wanted, int least)
    {
        int levels = 0;
        while (levels < wanted && size >> levels >= least) levels++;
        return levels;
    }

    internal static void RequireImages(Tensor images, int least, string who)
    {
        long[] shape = images.shape;
        if (shape.Length != 4 || shape[1] != 3 || shape[2] < least || shape[3] < least)
            throw new ArgumentException($"images have shape [{string.Join(", ", shape)}], {who} expects [B, 3, H, W] with sides of at least {least}", nameof(images));
    }

    private static Tensor Kernel(int factor)
    {
        using var scope = NewDisposeScope();
        double sigma = (factor - 1) / 2.0;
        int taps = 2 * (int)Math.Round(4 * sigma) + 1;
        var line = (arange(taps, float32) - taps / 2).div(sigma).square().mul(-0.5).exp();
        line = line / line.sum();
        return line.outer(line).expand(3, 1, taps, taps).contiguous().DetachFromDisposeScope();
    }
}
