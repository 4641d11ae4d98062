using Leo.Lab.Diffusion;
using Leo.Lab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Trains the simple diffusion model of single codes, p(α), frame by frame (LEO §3.2).</summary>
public sealed class StartCodeTask : CodeDiffusionTask
{
    private readonly StartCodeModel _model;
    private readonly CodeCrops _train;
    private readonly CodeCrops? _heldOut;
    private readonly TrainingSettings _training;

    /// <summary>Binds a model, which stays the caller's, to its data.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="train">Codes to learn from; every frame counts.</param>
    /// <param name="training">How to train.</param>
    /// <param name="heldOut">Codes of other videos, for validation; null for none.</param>
    public StartCodeTask(StartCodeModel model, CodeSequences train, TrainingSettings training, CodeSequences? heldOut = null)
        : base(model, training)
    {
        (_model, _training) = (model, training);
        _train = new CodeCrops(train, 1);
        _heldOut = heldOut is null ? null : new CodeCrops(heldOut, 1);
    }

    /// <summary>Training settings that go with <see cref="StartCodeSettings.Tiny"/>: a minute on one core.</summary>
    public static TrainingSettings TinyTraining => new()
    {
        Steps = 4000, BatchSize = 256, LearningRate = 1e-3, FinalLearningRate = 1e-5, Schedule = LearningRateSchedule.Cosine, WarmupSteps = 100,
        ClipGradNorm = 1, EmaRates = [0.995], LogEvery = 200, ValidateEvery = 1000,
    };

    /// <summary>Training settings that go with <see cref="StartCodeSettings.Small"/>.</summary>
    public static TrainingSettings SmallTraining => TinyTraining with { Steps = 20_000, BatchSize = 512, ValidateEvery = 5000 };

    /// <summary>The paper's learning rate, 1e-4; it names nothing else.</summary>
    public static TrainingSettings PaperTraining => new()
    {
        Steps = 100_000, BatchSize = 512, LearningRate = 1e-4, EmaRates = [0.9999], LogEvery = 100, ValidateEvery = 5000, CheckpointEvery = 10_000,
    };

    /// <summary>Held-out loss, and the sampled codes' mean (in standard deviations) and deviation (as a ratio) against the real ones.</summary>
    public override IReadOnlyDictionary<string, double> Validate()
    {
        using var scope = NewDisposeScope();
        var result = new Dictionary<string, double>(base.Validate());
        var real = _model.Normalizer.Normalize((_heldOut ?? _train).Spread(512).squeeze(1));
        var seeds = Enumerable.Range(0, 256).Select(i => Seeds.Derive(_training.Seed, $"preview.{i}")).ToList();
        var sampled = _model.Normalizer.Normalize(_model.Sample(seeds, SamplerSpec.Ddim50)).cpu();
        result["codes.mean"] = (sampled.mean([0L]) - real.mean([0L])).abs().mean().item<float>();
        result["codes.std"] = (sampled.std(0L) / real.std(0L).clamp(1e-6)).log().mean().exp().item<float>();
        return result;
    }

    /// <inheritdoc/>
    public override string Data => _train.Data;

    private protected override IEnumerable<string> Drawn => _train.Drawn;

    private protected override Tensor Batch(int size, Generator generator) => _train.Next(size, generator).squeeze(1); // [B, 1, D] → [B, D]

    private protected override Tensor? HeldOutCodes(int size) => _heldOut?.Spread(size).squeeze(1);
}
