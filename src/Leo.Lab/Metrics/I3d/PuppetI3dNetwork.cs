#pragma warning disable IDE1006 // fields are state-dict keys
using Leo.Lab.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.I3d;

/// <summary>
/// A small network over space and time that learnt on drawn puppets who is seen, in which pose, in which motion, and how spoilt the clip is
/// (<c>ExtractorTask</c>): a yardstick of videos that needs no download. Its numbers are never called FVD alone.
/// </summary>
public sealed class PuppetI3dNetwork : nn.Module<Tensor, Tensor>
{
    /// <summary>Kind of the checkpoints.</summary>
    public const string Kind = "extractor";

    /// <summary>Side of its frames.</summary>
    public const int Size = 64;

    internal ModuleList<SpaceTimeBlock> blocks;
    internal Linear output;

    /// <summary>Makes the network.</summary>
    /// <param name="settings">Its shape.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    /// <exception cref="SettingsException">The settings are not valid.</exception>
    public PuppetI3dNetwork(PuppetI3dSettings settings, Generator? generator = null) : base(nameof(PuppetI3dNetwork))
    {
        settings.Validate();
        Settings = settings;
        blocks = [];
        int channels = 3;
        foreach (var (i, width) in settings.Channels.Index())
        {
            blocks.Add(new SpaceTimeBlock(channels, width, i == 0 ? 1 : 2, generator));
            channels = width;
        }
        // Mean and spread over time, at 2×2 places.
        output = Filled(channels * 8, settings.Width, generator);
        RegisterComponents();
    }

    /// <summary>The shape.</summary>
    public PuppetI3dSettings Settings { get; }

    /// <summary>Fewer frames leave a single one, of which nothing moves.</summary>
    public int LeastFrames => 2 << (Settings.Channels.Count - 2);

    /// <summary>Loads a network for use: frozen, in evaluation mode.</summary>
    /// <param name="path">A checkpoint or run of <c>leo train extractor</c>.</param>
    /// <exception cref="CheckpointException">Missing, damaged, or of another kind.</exception>
    public static PuppetI3dNetwork Load(string path)
    {
        using var checkpoint = Checkpoint.Open(path, Kind);
        if (checkpoint.Kind is null)
            throw new CheckpointException(path, $"expected a checkpoint of kind '{Kind}', found a bare state dictionary", "Give a run of `leo train extractor`");
        var network = new PuppetI3dNetwork(checkpoint.Settings<PuppetI3dSettings>(s => s.Validate()));
        foreach (var parameter in network.parameters()) parameter.requires_grad = false;
        return CheckpointLoader.Fill(checkpoint, network, network);
    }

    /// <summary>The features.</summary>
    /// <param name="input">[B, 3, T, 64, 64] in [-1, 1].</param>
    /// <returns>[B, width].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = input;
        foreach (var block in blocks)
            x = block.forward(x);                                             // [B, C, T/8, 4, 4]
        x = nn.functional.adaptive_avg_pool3d(x, [x.shape[2], 2, 2]);
        var mean = x.mean([2L], keepdim: true);
        var spread = ((x - mean).square().mean([2L]) + 1e-4).sqrt();
        return output.forward(cat([mean.squeeze(2), spread], 1).flatten(1)).MoveToOuterDisposeScope();
    }

    /// <summary>A linear layer with weights from a generator.</summary>
    internal static Linear Filled(int inputs, int outputs, Generator? generator)
    {
        using var noGrad = no_grad();
        var linear = nn.Linear(inputs, outputs);
        double bound = 1 / Math.Sqrt(inputs);
        if (generator is not null)
            linear.weight!.uniform_(-bound, bound, generator);
        else
            linear.weight!.zero_();
        linear.bias!.zero_();
        return linear;
    }
}

/// <summary>Shape of <see cref="PuppetI3dNetwork"/>.</summary>
public sealed record PuppetI3dSettings
{
    /// <summary>Channels of the blocks; each halves the sides, and each but the first the time.</summary>
    /// <value>24, 48, 96, 160</value>
    public IReadOnlyList<int> Channels { get; init; } = [24, 48, 96, 160];

    /// <summary>Numbers that come out.</summary>
    /// <value>128</value>
    public int Width { get; init; } = 128;

    /// <summary>Checks the values.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public void Validate()
    {
        var faults = new SettingsFaults().Require(Channels is { Count: >= 1 and <= 5 }, nameof(Channels), "1 to 5 numbers", $"{Channels?.Count ?? 0}").Between(Width, 1, 4096);
        foreach (int channels in Channels ?? []) faults.Between(channels, 1, 1024, nameof(Channels));
        faults.Throw("settings of puppet-i3d");
    }

    /// <summary>Equal when all numbers are.</summary>
    public bool Equals(PuppetI3dSettings? other) => other is not null && Width == other.Width && Channels.SequenceEqual(other.Channels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, Channels.Count, Channels.Sum());
}

/// <summary>A convolution over space that halves the sides, then one over time, each with a rectifier (Tran et al. 2018).</summary>
internal sealed class SpaceTimeBlock : nn.Module<Tensor, Tensor>
{
    internal Parameter space, spaceBias, time, timeBias;
    private readonly long step;

    /// <summary>Makes the block.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="step">Stride over time.</param>
    /// <param name="generator">Source of weights by He et al. 2015; null leaves zeros, for weights to be loaded.</param>
    internal SpaceTimeBlock(int inputs, int outputs, long step, Generator? generator) : base(nameof(SpaceTimeBlock))
    {
        this.step = step;
        space = Filled([outputs, inputs, 1, 3, 3], generator);
        spaceBias = new Parameter(zeros([outputs], float32));
        time = Filled([outputs, outputs, 3, 1, 1], generator);
        timeBias = new Parameter(zeros([outputs], float32));
        RegisterComponents();
    }

    /// <summary>[B, in, T, H, W] → [B, out, T / step, H / 2, W / 2].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = nn.functional.conv3d(input, space, spaceBias, [1, 2, 2], [0, 1, 1]).relu();
        return nn.functional.conv3d(x, time, timeBias, [step, 1, 1], [1, 0, 0]).relu().MoveToOuterDisposeScope();
    }

    private static Parameter Filled(long[] shape, Generator? generator)
    {
        double fan = shape[1] * shape[2] * shape[3] * shape[4];
        // In place: the model is built outside every dispose scope, where a temporary would stay.
        return new Parameter(generator is null ? zeros(shape, float32) : randn(shape, float32, generator: generator).mul_(Math.Sqrt(2 / fan)));
    }
}

/// <summary>Reads what is true of a clip from its features; needed for training alone.</summary>
internal sealed class ExtractorReader : nn.Module<Tensor, Tensor>
{
    private const int Middle = 256;

    internal Linear hidden, output;

    /// <summary>Makes the reader.</summary>
    /// <param name="width">Numbers of the features.</param>
    /// <param name="numbers">Numbers to read.</param>
    /// <param name="generator">Source of the initial weights.</param>
    internal ExtractorReader(int width, int numbers, Generator generator) : base(nameof(ExtractorReader))
    {
        hidden = PuppetI3dNetwork.Filled(width, Middle, generator);
        output = PuppetI3dNetwork.Filled(Middle, numbers, generator);
        RegisterComponents();
    }

    /// <summary>[B, width] → [B, numbers].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return output.forward(hidden.forward(input).relu()).MoveToOuterDisposeScope();
    }
}

/// <summary>The embedded extractor: features of <see cref="PuppetI3dNetwork"/>.</summary>
public sealed class PuppetI3dExtractor : IVideoExtractor
{
    /// <summary>Its name, and what means the one that comes with the project.</summary>
    public const string Word = "puppet-i3d";

    /// <summary>File of the one that comes with the project, in its folder <c>checkpoints</c>.</summary>
    public const string ShippedFile = "puppet-i3d.safetensors";

    private readonly PuppetI3dNetwork network;

    private PuppetI3dExtractor(PuppetI3dNetwork network, string weights) => (this.network, Weights) = (network, weights);

    /// <inheritdoc/>
    public string Name => Word;

    /// <inheritdoc/>
    public string Weights { get; }

    /// <inheritdoc/>
    public int LeastFrames => network.LeastFrames;

    /// <summary>Loads it.</summary>
    /// <param name="path">A checkpoint or run of <c>leo train extractor</c>; null for the one that comes with the project.</param>
    /// <exception cref="CheckpointException">Missing, damaged, or something else.</exception>
    public static PuppetI3dExtractor Load(string? path = null)
    {
        string file = path ?? ShippedCheckpoint.Find(ShippedFile, "make one by `leo train extractor` and name it as puppet-i3d:FILE");
        return new PuppetI3dExtractor(PuppetI3dNetwork.Load(file), WeightsHash.Of(CheckpointFolder.Resolve(file)));
    }

    /// <inheritdoc/>
    public void MoveTo(Device device)
    {
        ComputeDevice.Move(network, device);
    }

    /// <inheritdoc/>
    public Tensor Features(Tensor frames, ClipResize resize)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return network.forward(ClipPreparation.Run(frames.to(network.parameters().First().device), resize, PuppetI3dNetwork.Size)).cpu().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();
}
