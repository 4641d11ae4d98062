using System.Globalization;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>
/// LPIPS with its learnt weights (Zhang et al. 2018; the package <c>lpips</c>, version 0.1, of richzhang/PerceptualSimilarity): the backbone's features at five
/// or seven depths, brought to length 1 at every place with ε = 1e-10, squared differences weighed by channel, averaged over places and summed over depths.
/// </summary>
/// <remarks>Backbones are AlexNet, VGG-16 and SqueezeNet 1.1 as torchvision numbers and names their layers; the linear layers are the package's own files.</remarks>
public sealed class LpipsNetwork : IDisposable
{
    /// <summary>How it is written.</summary>
    public const string Known = "lpips:alex|vgg|squeeze,BACKBONE,LIN";

    private const string Prefix = "lpips:", Advice = "Give torchvision's weights of this backbone and the package's weights/v0.1 of the same name";
    private const int Widest = 4096;

    private readonly LpipsLayout _layout;
    private readonly Dictionary<string, Tensor> _weights;
    private readonly (Tensor Shift, Tensor Scale) _colours;

    private LpipsNetwork(LpipsLayout layout, Dictionary<string, Tensor> weights)
    {
        (_layout, _weights) = (layout, weights);
        // The package's scaling layer: ImageNet's colours for images in [-1, 1], in three decimals.
        using var outside = NewDisposeScope();
        _colours = (tensor(new[] { -0.030f, -0.088f, -0.188f }).reshape(1, 3, 1, 1).DetachFromDisposeScope(), tensor(new[] { 0.458f, 0.448f, 0.450f }).reshape(1, 3, 1, 1).DetachFromDisposeScope());
    }

    /// <summary><c>lpips(alex)</c>, <c>lpips(vgg)</c> or <c>lpips(squeeze)</c>.</summary>
    public string Name => $"lpips({_layout.Name})";

    /// <summary>Side of the smallest picture that all layers can see.</summary>
    public int LeastSize => _layout.LeastSize;

    /// <summary>Whether these words mean LPIPS with its weights.</summary>
    public static bool Knows(string what)
    {
        ArgumentNullException.ThrowIfNull(what);
        return what.StartsWith(Prefix, StringComparison.Ordinal);
    }

    /// <summary>Loads backbone and linear layers.</summary>
    /// <param name="what">See <see cref="Known"/>: two files of tensors in any format that is read; a path holds no comma.</param>
    /// <exception cref="MetricException">The words are others.</exception>
    /// <exception cref="CheckpointException">A file is missing or damaged, or a tensor is missing or of another shape.</exception>
    public static LpipsNetwork Open(string what)
    {
        if (!Knows(what) || what[Prefix.Length..].Split(',') is not [var name, { Length: > 0 } backbone, { Length: > 0 } linear] || LpipsLayout.Find(name) is not { } layout)
            throw new MetricException(what, $"expected {Known}", "Name the backbone, the file of its weights and that of the linear layers");
        var weights = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            using (var file = TensorFile.Open(backbone))
                Read(file, weights, [.. layout.Convolutions.Select(c => c.Name + ".weight"), .. layout.Convolutions.Select(c => c.Name + ".bias")], n => Shape(file, n, layout, weights));
            using (var file = TensorFile.Open(linear))
                Read(file, weights, [.. Enumerable.Range(0, layout.Taps).Select(Linear)], n => [1, layout.Width(n, weights), 1, 1]);
            return new LpipsNetwork(layout, weights);
        }
        catch
        {
            foreach (var tensor in weights.Values) tensor.Dispose();
            throw;
        }
    }

    /// <summary>The distance that these weights give; ends with this object.</summary>
    public PerceptualDistance Distance => new(Name, Features, [.. Enumerable.Range(0, _layout.Taps).Select(k => _weights[Linear(k)])]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _weights.Values) tensor.Dispose();
        _colours.Shift.Dispose();
        _colours.Scale.Dispose();
    }

    // [B, 3, H, W] in [-1, 1] → what each depth says, owned by the current scope.
    private IReadOnlyList<Tensor> Features(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = (images - _colours.Shift) / _colours.Scale;
        return [.. _layout.Run(x, Convolve).Select(f => f.MoveToOuterDisposeScope())];
    }

    private Tensor Convolve(LpipsConvolution c, Tensor x) =>
        nn.functional.conv2d(x, _weights[c.Name + ".weight"], _weights[c.Name + ".bias"], [c.Stride, c.Stride], [c.Padding, c.Padding]).relu_();

    private static string Linear(int depth) => string.Create(CultureInfo.InvariantCulture, $"lin{depth}.model.1.weight");

    private static void Read(ITensorFile file, Dictionary<string, Tensor> weights, IReadOnlyList<string> names, Func<string, long[]> shape)
    {
        string prefix = CheckpointLoader.Prefix(file, [.. names]);
        using var outside = NewDisposeScope();
        var targets = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (string name in names)
            targets[name] = weights[name] = zeros(shape(prefix + name)).DetachFromDisposeScope();
        CheckpointLoader.Load(file, prefix, targets);
    }

    // How many channels a convolution gives is read from the file; everything else the layout says.
    private static long[] Shape(ITensorFile file, string prefixed, LpipsLayout layout, Dictionary<string, Tensor> weights)
    {
        bool bias = prefixed.EndsWith(".bias", StringComparison.Ordinal);
        string key = prefixed[..prefixed.LastIndexOf('.')];
        var convolution = layout.Convolutions.Single(c => key.EndsWith(c.Name, StringComparison.Ordinal) && (key.Length == c.Name.Length || key[^(c.Name.Length + 1)] == '.'));
        if (bias)
            return [weights[convolution.Name + ".weight"].shape[0]];
        if (!file.Contains(prefixed))
            throw new CheckpointException(file.Path, $"expected a tensor of this name, found none; there are {TensorNames.Some(file.Names)}", Advice, prefixed);
        var found = file.Shape(prefixed);
        if (found is not { Count: 4 } || found[0] is < 1 or > Widest)
            throw new CheckpointException(file.Path, $"expected four dimensions, the first from 1 to {Widest}, found {Shapes.Text([.. found])}", Advice, prefixed);
        return [found[0], convolution.Inputs(weights), convolution.Window, convolution.Window];
    }
}
