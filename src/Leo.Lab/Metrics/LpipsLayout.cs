using System.Globalization;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>A backbone of LPIPS: its convolutions in order, and after which of them the package taps the features.</summary>
internal sealed class LpipsLayout
{
    private static readonly LpipsLayout[] All = [Alex(), Vgg(), Squeeze()];

    private readonly List<LpipsStep> _steps = [];

    private LpipsLayout(string name, int leastSize) => (Name, LeastSize) = (name, leastSize);

    /// <summary>alex, vgg or squeeze.</summary>
    public string Name { get; }

    /// <summary>Side of the smallest picture that all layers can see.</summary>
    public int LeastSize { get; }

    /// <summary>In the order of the network; each is followed by a rectifier.</summary>
    public IEnumerable<LpipsConvolution> Convolutions => _steps.SelectMany(s => s.Convolutions);

    /// <summary>How many depths are compared.</summary>
    public int Taps => _steps.Count(s => s.Tapped);

    /// <summary>By its name; null where there is none.</summary>
    public static LpipsLayout? Find(string name) => Array.Find(All, l => l.Name == name);

    /// <summary>Channels of what a linear layer weighs.</summary>
    /// <param name="linear">Ends in <c>lin0.model.1.weight</c> and so on.</param>
    /// <param name="weights">The backbone's.</param>
    public long Width(string linear, IReadOnlyDictionary<string, Tensor> weights)
    {
        string name = linear[linear.LastIndexOf("lin", StringComparison.Ordinal)..];
        int depth = int.Parse(name[3..name.IndexOf('.', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        return _steps.Where(s => s.Tapped).ElementAt(depth).Outputs.Sum(c => weights[c.Name + ".weight"].shape[0]);
    }

    /// <summary>Runs the network.</summary>
    /// <param name="x">[B, 3, H, W], scaled.</param>
    /// <param name="convolve">A convolution and its rectifier.</param>
    public IEnumerable<Tensor> Run(Tensor x, Func<LpipsConvolution, Tensor, Tensor> convolve)
    {
        foreach (var step in _steps)
        {
            if (step.Pool > 0)
                x = nn.functional.max_pool2d(x, [step.Pool, step.Pool], [2, 2], ceil_mode: step.Ceiling);
            x = step.Convolutions switch
            {
                [var squeeze, var one, var three] when convolve(squeeze, x) is var few => cat([convolve(one, few), convolve(three, few)], 1),
                [var single] => convolve(single, x),
                _ => throw new InvalidOperationException("a step has one convolution or three"),
            };
            if (step.Tapped)
                yield return x;
        }
    }

    private static LpipsLayout Alex()
    {
        var layout = new LpipsLayout("alex", 31);
        layout.One(0, 11, 4, 2, pool: 0, tapped: true);
        layout.One(3, 5, 1, 2, pool: 3, tapped: true);
        layout.One(6, 3, 1, 1, pool: 3, tapped: true);
        layout.One(8, 3, 1, 1, pool: 0, tapped: true);
        layout.One(10, 3, 1, 1, pool: 0, tapped: true);
        return layout;
    }

    private static LpipsLayout Vgg()
    {
        var layout = new LpipsLayout("vgg", 16);
        int index = 0;
        foreach (int depth in (int[])[2, 2, 3, 3, 3])
        {
            for (int i = 0; i < depth; i++, index += 2)
                layout.One(index, 3, 1, 1, pool: i == 0 && index > 0 ? 2 : 0, tapped: i == depth - 1);
            index++;
        }
        return layout;
    }

    private static LpipsLayout Squeeze()
    {
        var layout = new LpipsLayout("squeeze", 25);
        layout.One(0, 3, 2, 0, pool: 0, tapped: true);
        foreach (var (index, pooled, tapped) in ((int, bool, bool)[])[(3, true, false), (4, false, true), (6, true, false), (7, false, true), (9, true, true), (10, false, true), (11, false, true), (12, false, true)])
        {
            var before = layout._steps[^1].Outputs;
            var squeeze = new LpipsConvolution(Feature(index) + ".squeeze", 1, 1, 0, before);
            layout._steps.Add(new LpipsStep(
                [squeeze, new(Feature(index) + ".expand1x1", 1, 1, 0, [squeeze]), new(Feature(index) + ".expand3x3", 3, 1, 1, [squeeze])],
                pooled ? 3 : 0, Ceiling: true, tapped));
        }
        return layout;
    }

    private void One(int index, int window, int stride, int padding, int pool, bool tapped) =>
        _steps.Add(new LpipsStep([new(Feature(index), window, stride, padding, _steps.Count == 0 ? [] : _steps[^1].Outputs)], pool, Ceiling: false, tapped));

    private static string Feature(int index) => string.Create(CultureInfo.InvariantCulture, $"features.{index}");
}

/// <summary>A convolution of a backbone.</summary>
/// <param name="Name">torchvision's, without <c>.weight</c>.</param>
/// <param name="Window">Side of its window.</param>
/// <param name="Stride">Step.</param>
/// <param name="Padding">Zeros at each side.</param>
/// <param name="Before">Whose channels go in, side by side; none for the picture's three.</param>
internal sealed record LpipsConvolution(string Name, int Window, int Stride, int Padding, IReadOnlyList<LpipsConvolution> Before)
{
    /// <summary>Channels that go in.</summary>
    public long Inputs(IReadOnlyDictionary<string, Tensor> weights) => Before.Count == 0 ? 3 : Before.Sum(c => weights[c.Name + ".weight"].shape[0]);
}

/// <summary>A pooling, where there is one, then a convolution or SqueezeNet's fire module.</summary>
/// <param name="Convolutions">One, or squeeze and the two that expand.</param>
/// <param name="Pool">Side of the pooling's window; 0 for none.</param>
/// <param name="Ceiling">Whether a window may hang over the border.</param>
/// <param name="Tapped">Whether the features are compared here.</param>
internal sealed record LpipsStep(IReadOnlyList<LpipsConvolution> Convolutions, int Pool, bool Ceiling, bool Tapped)
{
    /// <summary>Those whose channels come out.</summary>
    public IReadOnlyList<LpipsConvolution> Outputs => Convolutions.Count == 1 ? Convolutions : [.. Convolutions.Skip(1)];
}
