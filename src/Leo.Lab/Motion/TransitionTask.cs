using Leo.Lab.Diffusion;
using Leo.Lab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Trains the Transition DM on crops of real motion, whose two ends it is told (LEO §6).</summary>
public sealed class TransitionTask : CodeDiffusionTask
{
    private readonly TransitionModel _model;
    private readonly CodeCrops _train;
    private readonly CodeCrops? _heldOut;
    private readonly TrainingSettings _training;

    /// <summary>Binds a model, which stays the caller's, to its data.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="train">Codes to learn from.</param>
    /// <param name="training">How to train.</param>
    /// <param name="heldOut">Codes of other videos, for validation; null for none.</param>
    public TransitionTask(TransitionModel model, CodeSequences train, TrainingSettings training, CodeSequences? heldOut = null)
        : base(model, training)
    {
        (_model, _training) = (model, training);
        _train = new CodeCrops(train, model.Settings.Length);
        var enough = heldOut?.Videos.Any(v => v.Frames >= model.Settings.Length) == true;
        _heldOut = enough ? new CodeCrops(heldOut!, model.Settings.Length) : null;
    }

    /// <summary>Held-out loss, and how sampled transitions compare with real motion between the same ends (<see cref="MotionStatistics.Against"/>) under <c>motion.*</c>.</summary>
    public override IReadOnlyDictionary<string, double> Validate()
    {
        using var scope = NewDisposeScope();
        var result = new Dictionary<string, double>(base.Validate());
        var real = (_heldOut ?? _train).Spread(32);
        var seeds = Enumerable.Range(0, (int)real.shape[0]).Select(i => Seeds.Derive(_training.Seed, $"preview.{i}")).ToList();
        using var noise = new SeededNoise(seeds, "transition", _model.NoiseShape, _model.Device);
        var sampled = _model.Sample(SamplerSpec.Ddim50.Build(_model.Diffusion), real.select(1, 0), real.select(1, -1), noise.Next).cpu();
        foreach (var (name, value) in MotionStatistics.Of(sampled, _model.Normalizer.Scale).Against(MotionStatistics.Of(real, _model.Normalizer.Scale)))
        {
            result[$"motion.{name}"] = value;
        }

        return result;
    }

    /// <inheritdoc/>
    public override string Data => _train.Data;

    private protected override IEnumerable<string> Drawn => _train.Drawn;

    private protected override Tensor Batch(int size, Generator generator) => _train.Next(size, generator);

    private protected override Tensor? HeldOutCodes(int size) => _heldOut?.Spread(size);
}
