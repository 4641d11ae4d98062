#pragma warning disable IDE1006 // fields are state-dict keys
using Leo.Lab.Checkpoints;
using Leo.Lab.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Embedded;

/// <summary>
/// A small network over space and time that learnt on drawn puppets who is seen, in which pose, in which motion, and how spoilt the clip is
/// (<see cref="ExtractorTask"/>): a yardstick of videos that needs no download. Its numbers are never called FVD alone.
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
