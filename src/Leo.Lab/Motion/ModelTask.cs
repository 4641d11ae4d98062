using Leo.Lab.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Trains one model of, or told of, motion codes with Adam. Recipe, data and loss are given; heirs show samples and compare them with what is real.</summary>
public abstract class ModelTask : TrainingTask
{
    private const int ValidationBatch = 64;

    private readonly Recipe _recipe;
    private readonly ICodeModel _model;
    private readonly bool _owned;
    private readonly IBatches _data;
    private readonly IObjective _objective;
    private readonly Adam _adam;
    private readonly Generator _draws;
    private readonly Dictionary<string, Tensor> _extras;

    private protected ModelTask(Recipe recipe, ICodeModel model, bool owned, IBatches data, IObjective objective)
    {
        (_recipe, _model, _owned, _data, _objective) = (recipe, model, owned, data, objective);
        ComputeDevice.Move(model.Network, ComputeDevice.Find(recipe.Training.Device));
        _adam = new FusedAdam(model.Network.parameters(), recipe.Training.LearningRate);
        _draws = Seeds.Generator(recipe.Training.Seed, "data");
        _extras = model.Normalizer.ToTensors().ToDictionary(p => p.Key, p => p.Value.DetachFromDisposeScope());
        Phases = [new TrainingPhase(objective.Phase, _adam, Loss)];
        Generators = new Dictionary<string, Generator>(objective.Generators) { ["data"] = _draws };
    }

    /// <inheritdoc/>
    public override string Kind => _model.Kind;

    /// <inheritdoc/>
    public override string SettingsJson => _model.SettingsJson;

    /// <inheritdoc/>
    public override TrainingSettings Training => _recipe.Training;

    /// <inheritdoc/>
    public override string? OptionsJson => _recipe.Options() is { Count: > 0 } options ? options.ToJsonString() : null;

    /// <inheritdoc/>
    public override string Fingerprint => _data.Animator;

    /// <inheritdoc/>
    public override string Data => _data.Data;

    /// <inheritdoc/>
    public override nn.Module Model => _model.Network;

    /// <inheritdoc/>
    public override IReadOnlyList<TrainingPhase> Phases { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Generator> Generators { get; }

    /// <inheritdoc/>
    public override int? Inseparable => 1;

    /// <summary>The units, as tensors.</summary>
    public override IReadOnlyDictionary<string, Tensor> Extras => _extras;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> SaveState() => _objective.Save();

    /// <inheritdoc/>
    public override void LoadState(IReadOnlyDictionary<string, Tensor> state) => _objective.Load(state);

    /// <summary>The loss on held-out data.</summary>
    public override IReadOnlyDictionary<string, double> Validate()
    {
        using var scope = NewDisposeScope();
        return _data.HeldOut(ValidationBatch) is { } batch ? _objective.Validate(batch) : new Dictionary<string, double>();
    }

    /// <summary>Seeds of what is sampled on the way, derived from the run's.</summary>
    private protected long[] PreviewSeeds(long count) => [.. Enumerable.Range(0, (int)count).Select(i => Seeds.Derive(_recipe.Training.Seed, $"preview.{i}"))];

    /// <summary>Adds to the held-out loss how sampled motion compares with real (<see cref="MotionStatistics.Against"/>), under <c>motion.*</c>.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="sampled">[K, L, D].</param>
    /// <param name="real">[K, L, D].</param>
    private protected Dictionary<string, double> WithMotion(IReadOnlyDictionary<string, double> loss, Tensor sampled, Tensor real)
    {
        var result = new Dictionary<string, double>(loss);
        var scale = _model.Normalizer.Scale;
        foreach (var (name, value) in MotionStatistics.Of(sampled, scale).Against(MotionStatistics.Of(real, scale)))
            result[$"motion.{name}"] = value;
        return result;
    }

    /// <summary>Refuses a model that the recipe did not make.</summary>
    /// <param name="settings">What the recipe asks for.</param>
    /// <param name="model">The model given.</param>
    /// <exception cref="LeoException">They differ.</exception>
    private protected static void RequireShape<T>(T settings, ICodeModel model)
    {
        if (Json.WriteLine(settings) != model.SettingsJson)
            throw new LeoException($"{model.Kind} recipe", $"expected a model of the settings {Json.WriteLine(settings)}, found {model.SettingsJson}", "Give the recipe that the model was made by");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _adam.Dispose();
        _draws.Dispose();
        _objective.Dispose();
        _data.Dispose();
        foreach (var tensor in _extras.Values)
            tensor.Dispose();
        if (_owned)
            _model.Dispose();
    }

    private Tensor Loss(StepContext context)
    {
        var batch = _data.Next(_recipe.Training.BatchSize, _draws, context.Share);
        context.Drew(_data.Drawn);
        return _objective.Loss(batch, context);
    }
}
