using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using Leo.Lab.Diffusion;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>A diffusion model of, or told of, motion codes: a network, a process and the codes' units.</summary>
/// <param name="network">The denoiser's network; owned.</param>
/// <param name="normalizer">The units.</param>
/// <param name="diffusion">The process.</param>
public abstract class DiffusionModel(nn.Module<Tensor, Tensor, Tensor> network, CodeNormalizer normalizer, DiffusionSettings diffusion) : ICodeModel
{
    /// <summary>Kind of checkpoint: <c>motion</c>, <c>start-code</c>, <c>transition</c> or <c>start-frame</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The settings as one-line JSON.</summary>
    public abstract string SettingsJson { get; }

    /// <summary>The denoiser's network.</summary>
    public nn.Module<Tensor, Tensor, Tensor> Network { get; } = network;

    /// <summary>The units in which the network knows codes.</summary>
    public CodeNormalizer Normalizer { get; } = normalizer;

    /// <summary>Fingerprint of the animator whose codes it knows (<see cref="AnimatorFingerprint"/>); empty if unknown.</summary>
    public string Animator { get; private protected set; } = "";

    /// <summary>The process that the network is trained with.</summary>
    public GaussianDiffusion Diffusion { get; } = diffusion.Build();

    /// <summary>How training draws the process's steps.</summary>
    public StepSamplingKind StepSampling { get; } = diffusion.StepSampling;

    /// <summary>The shape of what is noised, for one sample.</summary>
    public abstract long[] NoiseShape { get; }

    /// <summary>Where the network is.</summary>
    public Device Device => Network.parameters().First().device;

    /// <summary>Writes an inference checkpoint, atomically.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="step">Steps trained.</param>
    public void Save(string path, long step = 0)
    {
        using var scope = NewDisposeScope();
        var tensors = Network.state_dict();
        foreach (var (name, value) in Normalizer.ToTensors())
        {
            tensors[CheckpointNames.Extra + name] = value;
        }

        Checkpoint.Save(path, Kind, SettingsJson, step, tensors, Animator.Length > 0 ? new Dictionary<string, string> { [CheckpointNames.Animator] = Animator } : null);
    }

    nn.Module ICodeModel.Network => Network;

    /// <summary>The loss of each sample [B].</summary>
    /// <param name="batch">What is learnt from.</param>
    /// <param name="t">Steps [B], int64.</param>
    /// <param name="generator">Where noise is drawn from.</param>
    internal abstract Tensor TrainingLoss(TrainingBatch batch, Tensor t, Generator generator);

    // Drawn where the generator is.
    private protected Tensor Noise(TrainingBatch batch, Generator generator) => batch.Of(randn([batch.Whole, .. NoiseShape], dtype: ScalarType.Float32, generator: generator)).to(Device);

    /// <summary>Fills the network from a checkpoint, or disposes it.</summary>
    private protected static T Loaded<T>(T model, Checkpoint checkpoint)
        where T : DiffusionModel
    {
        model.Animator = checkpoint.File.Metadata.GetValueOrDefault(CheckpointNames.Animator, "");
        return CheckpointLoader.Fill(checkpoint, model, model.Network);
    }

    /// <summary>Disposes the network.</summary>
    public void Dispose()
    {
        Network.Dispose();
        GC.SuppressFinalize(this);
    }
}
