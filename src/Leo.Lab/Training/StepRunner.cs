using Leo.Lab.Distributed;
using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>One optimisation step: for each phase the gradients of its micro-steps, clipping, the guard, the update.</summary>
/// <remarks>Disposed, it releases its copies of the buffers; it is made after a resumed state was put back.</remarks>
internal sealed class StepRunner(TrainingTask task, TrainingSettings settings, ScalarMeans means, Team team) : IDisposable
{
    private readonly (Tensor[] Live, Tensor[] Kept) _buffers = Buffers(task);
    private readonly List<IEnumerable<string>> _drawn = [];
    private readonly BatchShare _share = new(team.Rank, team.Size, task.Inseparable ?? 1);

    /// <summary>Null where every phase was applied; else which loss or gradient was not finite, and that phase and later ones were left out.</summary>
    internal SkippedStep? Run(long step, double progress, double learningRate)
    {
        using var scope = NewDisposeScope();
        KeepBuffers();
        _drawn.Clear();
        foreach (var phase in task.Phases)
        {
            if (Run(phase, step, progress, learningRate) is { } skipped)
            {
                // What a forward pass leaves in buffers (running means) saw the same numbers.
                PutBuffersBack();
                return skipped;
            }
        }
        return null;
    }

    public void Dispose() => Array.ForEach(_buffers.Kept, b => b.Dispose());

    private SkippedStep? Run(TrainingPhase phase, long step, double progress, double learningRate)
    {
        phase.Optimizer.zero_grad();
        double total = 0;
        for (int micro = 0; micro < settings.Accumulate; micro++)
        {
            using var scope = NewDisposeScope();
            var loss = phase.Loss(new StepContext(step, micro, progress, means.Add, Drew, _share, team));
            if (loss is null)
            {
                return micro == 0 ? null : throw new InvalidOperationException($"The phase {phase.Name} left out only some micro-steps of a step.");
            }
            double value = team.Mean(Scalars.Of(loss)); // so that all leave the step out, or none
            if (!double.IsFinite(value))
            {
                return Skipped("loss", value);
            }
            total += value / settings.Accumulate;
            (settings.Accumulate == 1 ? loss : loss / settings.Accumulate).backward();
        }
        team.AverageGradients(phase.Optimizer.parameters());
        // Without clipping the norm is still wanted: it is the guard and the most telling curve of a run.
        double norm = nn.utils.clip_grad_norm_(phase.Optimizer.parameters(), settings.ClipGradNorm > 0 ? settings.ClipGradNorm : double.PositiveInfinity);
        if (!double.IsFinite(norm))
        {
            return Skipped("gradient", norm);
        }
        foreach (var group in phase.Optimizer.ParamGroups)
        {
            group.LearningRate = learningRate * phase.LearningRateScale;
        }
        phase.Optimizer.step();
        means.Add("loss." + phase.Name, total);
        means.Add("gradNorm." + phase.Name, norm);
        return null;

        SkippedStep Skipped(string what, double value) => SkippedStep.Of(step + 1, phase.Name, what, value, _drawn.SelectMany(clips => clips));
    }

    private void Drew(IEnumerable<string> clips) => _drawn.Add(clips);

    private void KeepBuffers()
    {
        using var noGrad = no_grad();
        FusedOperators.Copy(_buffers.Kept, _buffers.Live);
    }

    private void PutBuffersBack()
    {
        using var noGrad = no_grad();
        FusedOperators.Copy(_buffers.Live, _buffers.Kept);
    }

    private static (Tensor[] Live, Tensor[] Kept) Buffers(TrainingTask task)
    {
        var live = new List<Tensor>();
        foreach (var module in task.Companions.Values.Prepend(task.Model))
        {
            var parameters = module.named_parameters().Select(p => p.name).ToHashSet();
            live.AddRange(module.state_dict().Where(s => !parameters.Contains(s.Key)).Select(s => s.Value));
        }
        return ([.. live], [.. live.Select(l => l.clone().DetachFromDisposeScope())]);
    }
}
