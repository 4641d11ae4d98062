using Leo.Lab.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Motion.Recurrent;

/// <summary>Trains the recurrent prior by likelihood on crops of real codes.</summary>
public sealed class RecurrentTask : TrainingTask
{
    private readonly RecurrentMotionModel _model;
    private readonly CodeCrops _train;
    private readonly CodeCrops? _heldOut;
    private readonly int _batch;
    private readonly Adam _adam;
    private readonly Generator _data;
    private readonly Dictionary<string, Tensor> _extras;

    /// <summary>Binds a model, which stays the caller's, to its data.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="train">Codes to learn from.</param>
    /// <param name="training">How to train.</param>
    /// <param name="heldOut">Codes of other videos, for validation; null for none.</param>
    public RecurrentTask(RecurrentMotionModel model, CodeSequences train, TrainingSettings training, CodeSequences? heldOut = null)
    {
        (_model, _batch) = (model, training.BatchSize);
        _train = new CodeCrops(train, model.Settings.Length);
        _heldOut = heldOut?.Videos.Any(v => v.Frames >= model.Settings.Length) == true ? new CodeCrops(heldOut, model.Settings.Length) : null;
        _adam = new FusedAdam(model.Network.parameters(), training.LearningRate);
        _data = Seeds.Generator(training.Seed, "data");
        _extras = model.Normalizer.ToTensors().ToDictionary(p => p.Key, p => p.Value.DetachFromDisposeScope());
        Phases = [new TrainingPhase("prior", _adam, Loss)];
        Generators = new Dictionary<string, Generator> { ["data"] = _data };
    }

    /// <summary>A minute or two on one core.</summary>
    public static TrainingSettings TinyTraining => new()
    {
        Steps = 3000, BatchSize = 32, LearningRate = 2e-3, FinalLearningRate = 2e-5, Schedule = LearningRateSchedule.Cosine, WarmupSteps = 100,
        ClipGradNorm = 1, EmaRates = [0.99], LogEvery = 100, ValidateEvery = 1000, SampleEvery = 0,
    };

    /// <inheritdoc/>
    public override string Kind => RecurrentMotionModel.CheckpointKind;

    /// <inheritdoc/>
    public override string SettingsJson => Json.WriteLine(_model.Settings);

    /// <inheritdoc/>
    public override string Data => _train.Data;

    /// <inheritdoc/>
    public override nn.Module Model => _model.Network;

    /// <inheritdoc/>
    public override IReadOnlyList<TrainingPhase> Phases { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Generator> Generators { get; }

    /// <summary>The units, as tensors.</summary>
    public override IReadOnlyDictionary<string, Tensor> Extras => _extras;

    /// <summary>The loss on held-out codes, and how sampled motion compares with real under <c>motion.*</c>.</summary>
    public override IReadOnlyDictionary<string, double> Validate()
    {
        using var scope = NewDisposeScope();
        var real = (_heldOut ?? _train).Spread(32);
        var sampled = _model.Sample(real.select(1, 0), _model.Settings.Length, [.. Enumerable.Range(0, (int)real.shape[0]).Select(i => Seeds.Derive(0, $"preview.{i}"))]);
        var result = new Dictionary<string, double> { ["loss"] = _model.TrainingLoss(real).mean().item<float>() };
        foreach (var (name, value) in MotionStatistics.Of(sampled, _model.Normalizer.Scale).Against(MotionStatistics.Of(real, _model.Normalizer.Scale)))
            result[$"motion.{name}"] = value;
        return result;
    }

    private Tensor Loss(StepContext context)
    {
        var codes = _train.Next(_batch, _data);
        context.Drew(_train.Drawn);
        return _model.TrainingLoss(codes).mean();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _adam.Dispose();
        _data.Dispose();
        foreach (var tensor in _extras.Values)
            tensor.Dispose();
    }
}
