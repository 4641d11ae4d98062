using Leo.Lab.Checkpoints;
using Leo.Lab.Diffusion;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>The simple diffusion model of single motion codes, p(α), from which unconditional generation takes its α₁ (LEO §3.2).</summary>
/// <param name="settings">The settings.</param>
/// <param name="normalizer">The units, see <see cref="CodeNormalizer.ForCodes"/>.</param>
/// <param name="seed">The run's seed, for the initial weights.</param>
public sealed class StartCodeModel(StartCodeSettings settings, CodeNormalizer normalizer, long seed)
    : DiffusionModel(new StartCodeNetwork(Valid(settings, normalizer), seed), normalizer, settings.Diffusion)
{
    /// <inheritdoc/>
    public override string Kind => "start-code";

    /// <summary>The settings.</summary>
    public StartCodeSettings Settings { get; } = settings;

    /// <inheritdoc/>
    public override string SettingsJson => Json.WriteLine(Settings);

    /// <summary>A model with fresh weights and with units from the training data.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="sequences">The training data.</param>
    /// <param name="seed">The run's seed, for the initial weights.</param>
    public static StartCodeModel Create(StartCodeSettings settings, CodeSequences sequences, long seed) =>
        new(settings, CodeNormalizer.ForCodes(sequences), seed) { Animator = sequences.Animator };

    /// <summary>Reads a model, for inference; averaged weights where there are any. Outside any dispose scope.</summary>
    /// <param name="path">A checkpoint of kind <c>start-code</c>, or the folder of a run.</param>
    /// <exception cref="CheckpointException">Missing, broken, or of another kind or size.</exception>
    public static StartCodeModel Load(string path)
    {
        using var checkpoint = Checkpoint.Open(path, "start-code");
        return Loaded(new StartCodeModel(checkpoint.Settings<StartCodeSettings>(s => s.Validate()), CodeNormalizer.From(checkpoint), 0), checkpoint);
    }

    /// <inheritdoc/>
    public override long[] NoiseShape => [Settings.Dim];

    /// <summary>The loss of each code [B].</summary>
    /// <param name="codes">Raw codes [B, D].</param>
    /// <param name="t">Steps [B], int64.</param>
    /// <param name="noise">ε [B, D].</param>
    public Tensor TrainingLoss(Tensor codes, Tensor t, Tensor noise)
    {
        using var scope = NewDisposeScope();
        return Diffusion.TrainingLoss(Network.call, Normalizer.Normalize(codes), t, noise).MoveToOuterDisposeScope();
    }

    internal override Tensor TrainingLoss(TrainingBatch batch, Tensor t, Generator generator) =>
        TrainingLoss(batch.Data.to(Device), t, Noise(batch, generator));

    /// <summary>Draws raw codes [K, D], one for each seed; a seed's code does not depend on the others.</summary>
    /// <param name="seeds">K seeds.</param>
    /// <param name="spec">How to sample.</param>
    /// <param name="progress">Told after every step.</param>
    public Tensor Sample(IReadOnlyList<long> seeds, SamplerSpec spec, Action<SamplingStep>? progress = null)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        using var noise = new SeededNoise(seeds, "start-code", NoiseShape, Device);
        return Normalizer.Denormalize(spec.Build(Diffusion).Sample(Network.call, noise.Next, progress)).MoveToOuterDisposeScope();
    }

    private static StartCodeSettings Valid(StartCodeSettings settings, CodeNormalizer normalizer)
    {
        settings.Validate();
        return normalizer.Dim == settings.Dim
            ? settings
            : throw new LeoException("start-code settings", $"Dim is {settings.Dim}, the codes have {normalizer.Dim}", "Set Dim to the animator's MotionDim");
    }
}
