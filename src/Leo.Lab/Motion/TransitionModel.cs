using Leo.Lab.Checkpoints;
using Leo.Lab.Diffusion;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>
/// The Transition DM (LEO §6): the motion from the last code of a sequence to a new code drawn from p(α), so that a long video
/// leaves the pattern it was in. See <see cref="TransitionCondition"/> for the condition.
/// </summary>
/// <param name="settings">The settings.</param>
/// <param name="normalizer">The units, see <see cref="CodeNormalizer.ForTransitions"/>.</param>
/// <param name="seed">The run's seed, for the initial weights.</param>
public sealed class TransitionModel(TransitionSettings settings, CodeNormalizer normalizer, long seed)
    : DiffusionModel(Build(settings, normalizer, seed), normalizer, settings.Diffusion)
{
    /// <inheritdoc/>
    public override string Kind => "transition";

    /// <summary>The settings.</summary>
    public TransitionSettings Settings { get; } = settings;

    /// <inheritdoc/>
    public override string SettingsJson => Json.WriteLine(Settings);

    /// <inheritdoc/>
    public override long[] NoiseShape => [Settings.Length - 2, Settings.Dim];

    /// <summary>A model with fresh weights and with units from the training data.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="sequences">The training data.</param>
    /// <param name="seed">The run's seed, for the initial weights.</param>
    public static TransitionModel Create(TransitionSettings settings, CodeSequences sequences, long seed)
    {
        settings.Validate();
        return new TransitionModel(settings, CodeNormalizer.ForTransitions(sequences, settings.Length), seed) { Animator = sequences.Animator };
    }

    /// <summary>Reads a model, for inference; averaged weights where there are any. Outside any dispose scope.</summary>
    /// <param name="path">A checkpoint of kind <c>transition</c>, or the folder of a run.</param>
    /// <exception cref="CheckpointException">Missing, broken, or of another kind or size.</exception>
    public static TransitionModel Load(string path)
    {
        using var checkpoint = Checkpoint.Open(path, "transition");
        return Loaded(new TransitionModel(checkpoint.Settings<TransitionSettings>(s => s.Validate()), CodeNormalizer.From(checkpoint), 0), checkpoint);
    }

    /// <summary>The loss of each sequence [B]; only the residuals to the line are noised.</summary>
    /// <param name="codes">Raw sequences [B, L, D].</param>
    /// <param name="t">Steps [B], int64.</param>
    /// <param name="noise">ε [B, L−2, D].</param>
    public Tensor TrainingLoss(Tensor codes, Tensor t, Tensor noise)
    {
        if (codes.dim() != 3 || codes.shape[1] != Settings.Length || codes.shape[2] != Settings.Dim)
        {
            throw new ArgumentException($"Expected codes [B, {Settings.Length}, {Settings.Dim}], found [{string.Join(", ", codes.shape)}].", nameof(codes));
        }

        using var scope = NewDisposeScope();
        var (first, last, m) = TransitionCondition.Split(codes);
        var denoiser = TransitionCondition.Denoiser(SequenceNetwork.Over(Network), Normalizer.Normalize(first), Normalizer.Normalize(last));
        return Diffusion.TrainingLoss(denoiser, Normalizer.NormalizeResidual(m), t, noise).MoveToOuterDisposeScope();
    }

    internal override Tensor TrainingLoss(TrainingBatch batch, Tensor t, Generator generator) =>
        TrainingLoss(batch.Data.to(Device), t, Noise(batch, generator));

    /// <summary>Draws transitions, raw codes [B, L, D] that begin with <paramref name="first"/> and end with <paramref name="last"/> bit by bit.</summary>
    /// <param name="sampler">The sampler, over this model's process.</param>
    /// <param name="first">Raw first codes [B, D].</param>
    /// <param name="last">Raw last codes [B, D].</param>
    /// <param name="noise">Gives noise [B, …<see cref="NoiseShape"/>].</param>
    /// <param name="progress">Told after every step.</param>
    /// <exception cref="ArgumentException">Codes of another shape.</exception>
    public Tensor Sample(DiffusionSampler sampler, Tensor first, Tensor last, Func<Tensor> noise, Action<SamplingStep>? progress = null)
    {
        if (first.dim() != 2 || first.shape[1] != Settings.Dim || !first.shape.SequenceEqual(last.shape))
        {
            throw new ArgumentException(
                $"Expected codes [B, {Settings.Dim}] twice, found [{string.Join(", ", first.shape)}] and [{string.Join(", ", last.shape)}].", nameof(first));
        }

        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        (first, last) = (first.to(Device), last.to(Device));
        var denoiser = TransitionCondition.Denoiser(SequenceNetwork.Over(Network), Normalizer.Normalize(first), Normalizer.Normalize(last));
        var m0 = Normalizer.DenormalizeResidual(sampler.Sample(denoiser, noise, progress));
        return TransitionCondition.Join(first, last, m0).MoveToOuterDisposeScope();
    }

    private static UNet Build(TransitionSettings settings, CodeNormalizer normalizer, long seed)
    {
        settings.Validate();
        return normalizer.Dim == settings.Dim
            ? new UNet(1, settings.Dim, settings.Network, seed, settings.Diffusion.Outputs(settings.Dim))
            : throw new LeoException("transition settings", $"Dim is {settings.Dim}, the codes have {normalizer.Dim}", "Set Dim to the animator's MotionDim");
    }
}
