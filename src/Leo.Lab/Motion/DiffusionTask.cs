using Leo.Lab.Diffusion;
using Leo.Lab.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Trains a diffusion model with Adam; logs the loss by quartile of the diffusion step.</summary>
public abstract class DiffusionTask : TrainingTask
{
    private const int ValidationBatch = 64;

    private readonly DiffusionModel _model;
    private readonly TrainingSettings _training;
    private readonly Adam _adam;
    private readonly Generator _data;
    private readonly Generator _noise;
    private readonly Dictionary<string, Tensor> _extras;
    private readonly StepSampler _steps;

    private protected DiffusionTask(DiffusionModel model, TrainingSettings training)
    {
        (_model, _training) = (model, training);
        _adam = new FusedAdam(model.Network.parameters(), training.LearningRate);
        _data = Seeds.Generator(training.Seed, "data");
        _noise = Seeds.Generator(training.Seed, "noise");
        _extras = model.Normalizer.ToTensors().ToDictionary(p => p.Key, p => p.Value.DetachFromDisposeScope());
        _steps = StepSampler.Create(model.StepSampling, model.Diffusion.Schedule.Steps);
        Phases = [new TrainingPhase("denoiser", _adam, Loss)];
        Generators = new Dictionary<string, Generator> { ["data"] = _data, ["noise"] = _noise };
    }

    /// <inheritdoc/>
    public override string Kind => _model.Kind;

    /// <inheritdoc/>
    public override string SettingsJson => _model.SettingsJson;

    /// <inheritdoc/>
    public override nn.Module Model => _model.Network;

    /// <inheritdoc/>
    public override IReadOnlyList<TrainingPhase> Phases { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Generator> Generators { get; }

    /// <summary>The units, as tensors.</summary>
    public override IReadOnlyDictionary<string, Tensor> Extras => _extras;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> SaveState() => _steps.Save();

    /// <inheritdoc/>
    public override void LoadState(IReadOnlyDictionary<string, Tensor> state) => _steps.Load(state);

    /// <summary>Draws a batch of training data.</summary>
    private protected abstract DiffusionBatch Draw(int size, Generator generator);

    /// <summary>Names of what the last batch was drawn from.</summary>
    private protected abstract IEnumerable<string> Drawn { get; }

    /// <summary>Held-out data, the same at every call; null if there are none.</summary>
    private protected abstract DiffusionBatch? HeldOut(int size);

    /// <summary>The loss on held-out data, over all and by quartile, at the same steps and noises every time.</summary>
    public override IReadOnlyDictionary<string, double> Validate()
    {
        using var scope = NewDisposeScope();
        if (HeldOut(ValidationBatch) is not { } batch)
        {
            return new Dictionary<string, double>();
        }

        using var generator = Seeds.Generator(_training.Seed, "validation");
        var count = batch.Count;
        var steps = _model.Diffusion.Schedule.Steps;
        long[] t = [.. Enumerable.Range(0, (int)count).Select(i => (2 * i + 1) * steps / (2 * count))];
        var losses = batch.Losses(tensor(t), generator).cpu().ToArray<float>();
        var result = new Dictionary<string, double> { ["loss"] = losses.Average() };
        foreach (var (name, mean) in Quartiles(t, losses))
        {
            result[name] = mean;
        }

        return result;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        _adam.Dispose();
        _data.Dispose();
        _noise.Dispose();
        foreach (var tensor in _extras.Values)
        {
            tensor.Dispose();
        }
    }

    private Tensor Loss(StepContext context)
    {
        var batch = Draw(_training.BatchSize, _data);
        context.Drew(Drawn);
        var (t, weights) = _steps.Draw(_training.BatchSize, _noise);
        var losses = batch.Losses(t, _noise);
        long[] steps = t.ToArray<long>();
        float[] values = losses.detach().cpu().ToArray<float>();
        _steps.Observe(steps, values);
        foreach (var (name, mean) in Quartiles(steps, values))
        {
            context.Report(name, mean);
        }

        return weights is null ? losses.mean() : (losses * weights.to(losses.device)).mean();
    }

    // Late steps are nearly all noise and easy; a mean over all steps hides what the early ones do (Nichol & Dhariwal's log).
    private IEnumerable<(string Name, double Mean)> Quartiles(long[] t, float[] losses) => t
        .Zip(losses, (step, loss) => (Quartile: 4 * step / _model.Diffusion.Schedule.Steps, loss))
        .GroupBy(p => p.Quartile)
        .OrderBy(g => g.Key)
        .Select(g => ($"loss.q{g.Key}", (double)g.Average(p => p.loss)));
}
