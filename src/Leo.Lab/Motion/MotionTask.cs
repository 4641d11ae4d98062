using Leo.Lab.Checkpoints;
using Leo.Lab.Diffusion;
using Leo.Lab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Second phase of the training: the motion model learns sequences of codes (LEO §3.2, Eq. 4; Eq. 1 without condition).</summary>
public sealed class MotionTask : CodeDiffusionTask
{
    private static readonly SamplerSpec Preview = SamplerSpec.Ddim50;

    private readonly MotionModel _model;
    private readonly CodeCrops _train;
    private readonly CodeCrops? _heldOut;
    private readonly TrainingSettings _training;
    private readonly double _framesPerSecond;
    private readonly double _startShift;

    /// <summary>Binds a model, which stays the caller's, to its data.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="train">Codes to learn from.</param>
    /// <param name="training">How to train.</param>
    /// <param name="heldOut">Codes of other videos, for validation; null for none.</param>
    /// <param name="reverse">Whether half of the crops run backwards; off, for most human motion has a direction.</param>
    /// <param name="startShift">Strength of <see cref="WrongStart"/>, 0 for none; a model without the condition has no start that could be wrong.</param>
    public MotionTask(MotionModel model, CodeSequences train, TrainingSettings training, CodeSequences? heldOut = null, bool reverse = false, double startShift = 0)
        : base(model, training)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(startShift);
        _startShift = model is ConditionalMotionModel ? startShift : 0;
        (_model, _training, _framesPerSecond) = (model, training, train.FramesPerSecond);
        _train = new CodeCrops(train, model.Settings.Length, reverse);
        var enough = heldOut?.Videos.Any(v => v.Frames >= model.Settings.Length) == true;
        _heldOut = enough ? new CodeCrops(heldOut!, model.Settings.Length) : null;
    }

    /// <summary>What renders sampled codes [K, L, D] into the samples' folder, given the step; null leaves the codes alone.</summary>
    public Action<Tensor, string, long>? Render { get; init; }

    /// <summary>Training settings that go with <see cref="MotionSettings.Tiny"/>: minutes on one core.</summary>
    public static TrainingSettings TinyTraining => new()
    {
        Steps = 6000, BatchSize = 32, LearningRate = 1e-3, FinalLearningRate = 1e-5, Schedule = LearningRateSchedule.Cosine, WarmupSteps = 100,
        ClipGradNorm = 1, EmaRates = [0.995], LogEvery = 100, ValidateEvery = 1000, SampleEvery = 2000,
    };

    /// <summary>Training settings that go with <see cref="MotionSettings.Small"/>.</summary>
    public static TrainingSettings SmallTraining => new()
    {
        Steps = 50_000, BatchSize = 64, LearningRate = 2e-4, ClipGradNorm = 1, EmaRates = [0.999], LogEvery = 100, ValidateEvery = 2500, SampleEvery = 5000, CheckpointEvery = 5000,
    };

    /// <summary>The paper's learning rate, 1e-4 (LEO §4); it names neither batch nor steps, these and the average's rate are improved-diffusion's.</summary>
    public static TrainingSettings PaperTraining => new()
    {
        Steps = 200_000, BatchSize = 128, LearningRate = 1e-4, EmaRates = [0.9999], LogEvery = 100, ValidateEvery = 5000, SampleEvery = 10_000, CheckpointEvery = 10_000,
    };

    /// <summary>Held-out loss, and how sampled motion compares with real (<see cref="MotionStatistics.Against"/>) under <c>motion.*</c>.</summary>
    public override IReadOnlyDictionary<string, double> Validate()
    {
        using var scope = NewDisposeScope();
        var result = new Dictionary<string, double>(base.Validate());
        var (real, sampled) = RealAndSampled(32);
        foreach (var (name, value) in MotionStatistics.Of(sampled, _model.Normalizer.Scale).Against(MotionStatistics.Of(real, _model.Normalizer.Scale)))
        {
            result[$"motion.{name}"] = value;
        }

        return result;
    }

    /// <summary>Writes <c>motion-STEP.safetensors</c>: sampled <c>codes</c> and the <c>real</c> sequences with the same first codes, [8, L, D].</summary>
    public override void Sample(string folder, long step)
    {
        using var scope = NewDisposeScope();
        var (real, sampled) = RealAndSampled(8);
        Safetensors.Write(
            Path.Combine(folder, $"motion-{step:D7}.safetensors"),
            new Dictionary<string, Tensor> { ["codes"] = sampled, ["real"] = real },
            new Dictionary<string, string> { ["fps"] = FormattableString.Invariant($"{_framesPerSecond}"), ["sampler"] = $"{Preview}" });
        Render?.Invoke(sampled, folder, step);
    }

    /// <inheritdoc/>
    public override string Data => _train.Data;

    private protected override IEnumerable<string> Drawn => _train.Drawn;

    private protected override Tensor Batch(int size, Generator generator)
    {
        var codes = _train.Next(size, generator);
        return _startShift > 0 ? WrongStart.Shift(codes, _model.Normalizer.Scale, _startShift, generator) : codes;
    }

    private protected override Tensor? HeldOutCodes(int size) => _heldOut?.Spread(size);

    private (Tensor Real, Tensor Sampled) RealAndSampled(int count)
    {
        var real = (_heldOut ?? _train).Spread(count);
        var seeds = Enumerable.Range(0, (int)real.shape[0]).Select(i => Seeds.Derive(_training.Seed, $"preview.{i}")).ToList();
        var alpha1 = _model is ConditionalMotionModel ? real.select(1, 0) : null;
        return (real, new MotionSampler(_model, Preview).Sample(alpha1, _model.Settings.Length, seeds).cpu());
    }
}
