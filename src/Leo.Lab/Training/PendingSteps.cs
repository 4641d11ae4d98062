using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>
/// What steps on a device have to say, until it is read in one piece: a device computes behind the host, and each number that is read at once makes
/// both wait for one another.
/// </summary>
internal sealed class PendingSteps : IDisposable
{
    private readonly List<(string Name, Tensor Value)> _scalars = [];
    private readonly List<Step> _steps = [];

    /// <summary>A reported scalar.</summary>
    internal void Report(string name, Tensor value) => _scalars.Add((name, Kept(value)));

    /// <summary>A step begins; its phases follow.</summary>
    internal void Begin(long step) => _steps.Add(new Step(step, []));

    /// <summary>A phase of the step ended.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="loss">Its loss, of one element.</param>
    /// <param name="norm">Norm of its gradient.</param>
    /// <param name="drawn">Names of the step's clips so far.</param>
    internal void End(TrainingPhase phase, Tensor loss, Tensor norm, string[] drawn) => _steps[^1].Phases.Add((phase, Kept(loss), Kept(norm), drawn));

    /// <summary>Reads everything at once.</summary>
    /// <param name="means">Gets the scalars.</param>
    /// <returns>For each step, in order, why it was left out; null for one that was applied.</returns>
    internal IReadOnlyList<SkippedStep?> Read(ScalarMeans means)
    {
        if (_steps.Count == 0)
            return [];
        using var scope = NewDisposeScope();
        Tensor[] all = [.. _scalars.Select(s => s.Value), .. _steps.SelectMany(s => s.Phases).SelectMany(p => new[] { p.Loss, p.Norm })];
        float[] values = stack(all).cpu().ToArray<float>();
        int at = 0;
        foreach (var (name, _) in _scalars)
            means.Add(name, values[at++]);
        var outcomes = new List<SkippedStep?>();
        foreach (var step in _steps)
        {
            SkippedStep? skipped = null;
            foreach (var (phase, _, _, drawn) in step.Phases)
            {
                double loss = values[at++], norm = values[at++];
                if (skipped is null && double.IsFinite(loss) && double.IsFinite(norm))
                {
                    means.Add("loss." + phase.Name, loss);
                    means.Add("gradNorm." + phase.Name, norm);
                    continue;
                }
                skipped ??= double.IsFinite(loss) ? SkippedStep.Of(step.Number + 1, phase.Name, "gradient", norm, drawn) : SkippedStep.Of(step.Number + 1, phase.Name, "loss", loss, drawn);
                ((FusedAdam)phase.Optimizer).Uncount();
            }
            outcomes.Add(skipped);
        }
        Dispose();
        return outcomes;
    }

    public void Dispose()
    {
        _scalars.ForEach(s => s.Value.Dispose());
        foreach (var (_, loss, norm, _) in _steps.SelectMany(s => s.Phases))
        {
            loss.Dispose();
            norm.Dispose();
        }
        _scalars.Clear();
        _steps.Clear();
    }

    private static Tensor Kept(Tensor value)
    {
        using var scope = NewDisposeScope();
        return value.detach().to(float32).reshape([]).clone().DetachFromDisposeScope();
    }

    private sealed record Step(long Number, List<(TrainingPhase Phase, Tensor Loss, Tensor Norm, string[] Drawn)> Phases);
}
