using Leo.Lab.Diffusion;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>A model that a <see cref="ModelTask"/> trains.</summary>
internal interface ICodeModel : IDisposable
{
    /// <summary>Kind of checkpoint.</summary>
    string Kind { get; }

    /// <summary>The settings as one-line JSON.</summary>
    string SettingsJson { get; }

    /// <summary>The weights.</summary>
    nn.Module Network { get; }

    /// <summary>The codes' units.</summary>
    CodeNormalizer Normalizer { get; }
}

/// <summary>What a batch costs a model.</summary>
internal interface IObjective : IDisposable
{
    /// <summary>Name of the training's phase.</summary>
    string Phase { get; }

    /// <summary>Generators that the loss draws from.</summary>
    IReadOnlyDictionary<string, Generator> Generators { get; }

    /// <summary>What steps change, as tensors.</summary>
    IReadOnlyDictionary<string, Tensor> Save();

    /// <summary>Takes back what <see cref="Save"/> gave.</summary>
    void Load(IReadOnlyDictionary<string, Tensor> state);

    /// <summary>The loss of a step.</summary>
    Tensor Loss(TrainingBatch batch, StepContext context);

    /// <summary>The loss on held-out data, the same at every call.</summary>
    IReadOnlyDictionary<string, double> Validate(TrainingBatch batch);
}

/// <summary>A diffusion model's: the error of the denoiser at steps drawn for each sample; told by quartile of the step as well.</summary>
/// <param name="model">The model.</param>
/// <param name="seed">The run's seed.</param>
internal sealed class DenoisingObjective(DiffusionModel model, long seed) : IObjective
{
    private readonly Generator _noise = Seeds.Generator(seed, "noise");
    private readonly StepSampler _steps = StepSampler.Create(model.StepSampling, model.Diffusion.Schedule);

    /// <inheritdoc/>
    public string Phase => "denoiser";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Generator> Generators => new Dictionary<string, Generator> { ["noise"] = _noise };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Save() => _steps.Save();

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, Tensor> state) => _steps.Load(state);

    /// <inheritdoc/>
    public Tensor Loss(TrainingBatch batch, StepContext context)
    {
        var (t, weights) = _steps.Draw((int)batch.Whole, _noise);
        var losses = model.TrainingLoss(batch, batch.Of(t), _noise);
        long[] steps = t.ToArray<long>();
        if (losses.device.IsHost() || _steps.Observes || context.IsShared)
        {
            float[] values = context.Join(losses.detach().cpu().ToArray<float>());
            _steps.Observe(steps, values);
            foreach (var (name, mean) in Quartiles(steps, values))
                context.Report(name, mean);
        }
        else
        {
            foreach (var (name, rows) in Quartiles(steps))
                context.Report(name, losses.detach().index_select(0, tensor(rows).to(losses.device)).mean());
        }
        return weights is null ? losses.mean() : (losses * batch.Of(weights).to(losses.device)).mean();
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Validate(TrainingBatch batch)
    {
        using var generator = Seeds.Generator(seed, "validation");
        int steps = model.Diffusion.Schedule.Steps;
        long[] t = [.. Enumerable.Range(0, (int)batch.Whole).Select(i => (2 * i + 1) * steps / (2 * batch.Whole))];
        float[] losses = model.TrainingLoss(batch, tensor(t), generator).cpu().ToArray<float>();
        var result = new Dictionary<string, double> { ["loss"] = losses.Average() };
        foreach (var (name, mean) in Quartiles(t, losses))
            result[name] = mean;
        return result;
    }

    /// <summary>Disposes the generator.</summary>
    public void Dispose() => _noise.Dispose();

    // Late steps are nearly all noise and easy; a mean over all steps hides what the early ones do (Nichol & Dhariwal's log).
    private IEnumerable<(string Name, double Mean)> Quartiles(long[] t, float[] losses) =>
        Quartiles(t).Select(q => (q.Name, (double)q.Rows.Average(row => losses[row])));

    private IEnumerable<(string Name, long[] Rows)> Quartiles(long[] t) => t
        .Select((step, row) => (Quartile: 4 * step / model.Diffusion.Schedule.Steps, Row: (long)row))
        .GroupBy(p => p.Quartile)
        .OrderBy(g => g.Key)
        .Select(g => ($"loss.q{g.Key}", g.Select(p => p.Row).ToArray()));
}

/// <summary>A model's that tells how likely data are: the mean of what it says, with nothing drawn.</summary>
/// <param name="losses">Negative log-likelihood of each sample [B].</param>
internal sealed class LikelihoodObjective(Func<Tensor, Tensor> losses) : IObjective
{
    private static readonly Dictionary<string, Tensor> Nothing = [];

    /// <inheritdoc/>
    public string Phase => "prior";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Generator> Generators { get; } = new Dictionary<string, Generator>();

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Save() => Nothing;

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, Tensor> state)
    {
    }

    /// <inheritdoc/>
    public Tensor Loss(TrainingBatch batch, StepContext context) => losses(batch.Data).mean();

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Validate(TrainingBatch batch) => new Dictionary<string, double> { ["loss"] = losses(batch.Data).mean().item<float>() };

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }
}
