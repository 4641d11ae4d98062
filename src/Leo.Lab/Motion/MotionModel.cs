using Leo.Lab.Checkpoints;
using Leo.Lab.Diffusion;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>A latent motion diffusion model (LEO §3.2): sequences of motion codes [B, L, D] from noise.</summary>
public abstract class MotionModel : DiffusionModel
{
    private protected MotionModel(MotionSettings settings, CodeNormalizer normalizer, long seed)
        : base(new UNet(1, settings.Dim + (settings.History > 1 ? 1 : 0), settings.Network, seed, settings.Diffusion.Outputs(settings.Dim)), Fitting(settings, normalizer), settings.Diffusion) => Settings = settings;

    /// <inheritdoc/>
    public override string Kind => "motion";

    /// <summary>The settings.</summary>
    public MotionSettings Settings { get; }

    /// <inheritdoc/>
    public override string SettingsJson => Json.WriteLine(Settings);

    /// <summary>A model with fresh weights: a cLMDM, or without the Linear Motion Condition an unconditional one.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="normalizer">The units.</param>
    /// <param name="seed">The run's seed, for the initial weights.</param>
    public static MotionModel Create(MotionSettings settings, CodeNormalizer normalizer, long seed) => settings.LinearMotionCondition
        ? new ConditionalMotionModel(settings, normalizer, seed)
        : new UnconditionalMotionModel(settings, normalizer, seed);

    /// <summary>A model with fresh weights and with units from the training data.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="sequences">The training data.</param>
    /// <param name="seed">The run's seed, for the initial weights.</param>
    public static MotionModel Create(MotionSettings settings, CodeSequences sequences, long seed)
    {
        settings.Validate();
        var normalizer = settings.LinearMotionCondition
            ? CodeNormalizer.ForResiduals(sequences, settings.Whole)
            : CodeNormalizer.ForCodes(sequences);
        var model = Create(settings, normalizer, seed);
        model.Animator = sequences.Animator;
        return model;
    }

    /// <summary>Reads a model, for inference; averaged weights where there are any. Outside any dispose scope.</summary>
    /// <param name="path">A checkpoint of kind <c>motion</c>, or the folder of a run.</param>
    /// <exception cref="CheckpointException">Missing, broken, or of another kind or size.</exception>
    public static MotionModel Load(string path)
    {
        using var checkpoint = Checkpoint.Open(path, "motion");
        return Loaded(Create(checkpoint.Settings<MotionSettings>(s => s.Validate()), CodeNormalizer.From(checkpoint), 0), checkpoint);
    }

    /// <summary>The loss of each sequence [B].</summary>
    /// <param name="codes">Raw sequences [B, L, D], of <see cref="MotionSettings.Length"/> and <see cref="MotionSettings.Tail"/> codes.</param>
    /// <param name="t">Steps [B], int64.</param>
    /// <param name="noise">ε [B, …<see cref="DiffusionModel.NoiseShape"/>].</param>
    public abstract Tensor TrainingLoss(Tensor codes, Tensor t, Tensor noise);

    internal override Tensor TrainingLoss(TrainingBatch batch, Tensor t, Generator generator) =>
        TrainingLoss(batch.Data.to(Device), t, Noise(batch, generator));

    /// <summary>Draws sequences of raw codes [B, L, D].</summary>
    /// <param name="sampler">The sampler, over this model's process.</param>
    /// <param name="start">Raw first codes [B, D], or as many as <see cref="MotionSettings.History"/> allows [B, k, D]; null for a model without condition.</param>
    /// <param name="noise">Gives noise [B, …<see cref="DiffusionModel.NoiseShape"/>].</param>
    /// <param name="progress">Told after every step.</param>
    public abstract Tensor Sample(DiffusionSampler sampler, Tensor? start, Func<Tensor> noise, Action<SamplingStep>? progress = null);

    /// <summary>The network over sequences [B, L, D].</summary>
    private protected Func<Tensor, Tensor, Tensor> Predict => SequenceNetwork.Over(Network);

    /// <summary>Sequences [B, …] without their tails.</summary>
    private protected Tensor WithoutTail(Tensor whole) => whole.narrow(1, 0, Settings.Length);

    private protected void CheckSequences(Tensor a)
    {
        if (a.dim() != 3 || a.shape[1] != Settings.Whole || a.shape[2] != Settings.Dim)
        {
            throw new ArgumentException($"Expected codes [B, {Settings.Whole}, {Settings.Dim}], found [{string.Join(", ", a.shape)}].", nameof(a));
        }
    }

    private static CodeNormalizer Fitting(MotionSettings settings, CodeNormalizer normalizer)
    {
        settings.Validate();
        return normalizer.Dim == settings.Dim
            ? normalizer
            : throw new LeoException("motion settings", $"Dim is {settings.Dim}, the codes have {normalizer.Dim}", "Set Dim to the animator's MotionDim");
    }
}
