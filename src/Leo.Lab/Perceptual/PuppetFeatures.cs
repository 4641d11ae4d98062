#pragma warning disable IDE1006 // fields are state-dict keys
using Leo.Lab.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Perceptual;

/// <summary>
/// A small convolutional network that learnt to read pose and looks of drawn puppets (<see cref="PerceptualTask"/>): a
/// perceptual measure that needs no download.
/// </summary>
/// <remarks>
/// Each layer is divided by its mean activation on the training pictures, so that layers weigh alike and a distance means the
/// same after another training.
/// </remarks>
public sealed class PuppetFeatures : nn.Module, IPerceptualFeatures
{
    /// <summary>Kind of the checkpoints.</summary>
    public const string Kind = "perceptual";

    // Share that a training step has in the mean activations.
    private const double Momentum = 0.01;

    internal ModuleList<ReluConv> convs;
    internal Tensor levels;                                                // [layers], mean activation of each

    /// <summary>Makes the network.</summary>
    /// <param name="settings">Its shape.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    /// <exception cref="SettingsException">The settings are not valid.</exception>
    public PuppetFeatures(PuppetFeaturesSettings settings, Generator? generator = null) : base(nameof(PuppetFeatures))
    {
        settings.Validate();
        Settings = settings;
        convs = [];
        int channels = 3;
        foreach (var (layer, width) in settings.Channels.Index())
        {
            convs.Add(new ReluConv(channels, width, layer == 0 ? 1 : 2, generator));
            if (layer > 0) convs.Add(new ReluConv(width, width, 1, generator));
            channels = width;
        }
        levels = ones(settings.Channels.Count, dtype: float32);
        RegisterComponents();
    }

    /// <summary>The shape.</summary>
    public PuppetFeaturesSettings Settings { get; }

    /// <inheritdoc/>
    public string Name => "puppets";

    /// <inheritdoc/>
    public int LeastSize => 2 << (Settings.Channels.Count - 1);            // two pixels in the last layer

    /// <summary>Loads a network for use: frozen, in evaluation mode.</summary>
    /// <param name="checkpoint">Open, of kind <see cref="Kind"/>.</param>
    /// <exception cref="CheckpointException">A tensor is missing, too many or of another shape, or the settings are damaged.</exception>
    public static PuppetFeatures Load(Checkpoint checkpoint)
    {
        var network = new PuppetFeatures(checkpoint.Settings<PuppetFeaturesSettings>(s => s.Validate()));
        foreach (var parameter in network.parameters()) parameter.requires_grad = false;
        return CheckpointLoader.Fill(checkpoint, network, network);
    }

    /// <inheritdoc/>
    public void MoveTo(Device device) => ComputeDevice.Move(this, device);

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Features(Tensor images, Precision precision = Precision.Float32)
    {
        using var scope = NewDisposeScope();
        return [.. Maps(images, precision).Select((map, i) => (map / levels[i]).MoveToOuterDisposeScope())];
    }

    /// <summary>The layers' maps before they are put on one level; in training mode their means are noted.</summary>
    internal IReadOnlyList<Tensor> Maps(Tensor images, Precision precision = Precision.Float32)
    {
        ImagePyramid.RequireImages(images, LeastSize, Name);
        using var scope = NewDisposeScope();
        var maps = new List<Tensor>();
        var x = Activations.Enter(images, precision);
        for (int i = 0; i < convs.Count; i++)
        {
            x = convs[i].forward(x);
            if (i % 2 == 0) maps.Add(Activations.Leave(x));                                   // the last convolution of each layer
        }
        if (training) Note(maps);
        return [.. maps.Select(map => map.MoveToOuterDisposeScope())];
    }

    private void Note(IReadOnlyList<Tensor> maps)
    {
        using var noGrad = no_grad();
        var means = stack([.. maps.Select(map => map.detach().mean())]);
        levels.lerp_(means, tensor((float)Momentum, device: levels.device));
    }
}

/// <summary>Shape of <see cref="PuppetFeatures"/>.</summary>
public sealed record PuppetFeaturesSettings
{
    /// <summary>Channels of the layers; the first is at full size, each further one at half the size of the one before.</summary>
    /// <value>16, 32, 64, 96</value>
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 64, 96];

    /// <summary>Checks the values.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public void Validate()
    {
        // Null where JSON says so.
        var faults = new SettingsFaults().Require(Channels is { Count: >= 1 and <= 6 }, nameof(Channels), "1 to 6 numbers", $"{Channels?.Count ?? 0}");
        foreach (int channels in Channels ?? []) faults.Between(channels, 1, 512, nameof(Channels));
        faults.Throw("settings of the puppet features");
    }

    /// <summary>Equal when all numbers are.</summary>
    public bool Equals(PuppetFeaturesSettings? other) => other is not null && Channels.SequenceEqual(other.Channels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Channels.Count, Channels.Sum());
}

/// <summary>Reads numbers from the last map of <see cref="PuppetFeatures"/>; needed for training alone.</summary>
internal sealed class PuppetReader : nn.Module<Tensor, Tensor>
{
    private const int Width = 256, Side = 4;

    internal ReluConv conv;
    internal Linear hidden;
    internal Linear output;

    /// <summary>Makes the reader.</summary>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="numbers">Numbers to read.</param>
    /// <param name="generator">Source of the initial weights.</param>
    public PuppetReader(int channels, int numbers, Generator generator) : base(nameof(PuppetReader))
    {
        conv = new ReluConv(channels, channels, 1, generator);
        hidden = Filled(channels * Side * Side, Width, generator);
        output = Filled(Width, numbers, generator);
        RegisterComponents();
    }

    /// <summary>[B, C, h, w] → [B, numbers].</summary>
    public override Tensor forward(Tensor map)
    {
        using var scope = NewDisposeScope();
        // Where something is matters, so the map is not averaged away.
        var x = nn.functional.adaptive_avg_pool2d(conv.forward(map), Side).flatten(1);
        return output.forward(hidden.forward(x).relu()).MoveToOuterDisposeScope();
    }

    private static Linear Filled(int inputs, int outputs, Generator generator)
    {
        using var noGrad = no_grad();
        var linear = nn.Linear(inputs, outputs);
        double bound = 1 / Math.Sqrt(inputs);
        linear.weight!.uniform_(-bound, bound, generator);
        linear.bias!.zero_();
        return linear;
    }
}

/// <summary>A 3×3 convolution with bias and a rectifier, its padding keeping the size.</summary>
internal sealed class ReluConv : nn.Module<Tensor, Tensor>
{
    internal Parameter weight;
    internal Parameter bias;
    private readonly long _stride;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="stride">1, or 2 to halve the sides.</param>
    /// <param name="generator">Source of weights by He et al. 2015; null leaves zeros, for weights to be loaded.</param>
    internal ReluConv(int inputs, int outputs, int stride = 1, Generator? generator = null) : base(nameof(ReluConv))
    {
        long[] shape = [outputs, inputs, 3, 3];
        // In place: the model is built outside every dispose scope, where a temporary would stay.
        weight = new Parameter(generator is null ? zeros(shape, float32) : randn(shape, float32, generator: generator).mul_(Math.Sqrt(2.0 / (inputs * 9))));
        bias = new Parameter(zeros([outputs], float32));
        _stride = stride;
        RegisterComponents();
    }

    /// <summary>[B, in, H, W] → [B, out, H/stride, W/stride].</summary>
    public override Tensor forward(Tensor input)
    {
        if (input.dtype == weight.dtype) return Convolve(input, weight, bias);
        using var kernel = weight.to(input.dtype);
        using var shift = bias.to(input.dtype);
        return Convolve(input, kernel, shift);
    }

    private Tensor Convolve(Tensor input, Tensor kernel, Tensor shift)
    {
        using var linear = nn.functional.conv2d(input, kernel, shift, [_stride, _stride], [1, 1]);
        return nn.functional.relu(linear);
    }
}
