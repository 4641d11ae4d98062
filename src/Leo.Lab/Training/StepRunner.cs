using Leo.Lab.Distributed;
using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>One optimisation step: for each phase the gradients of its micro-steps, clipping, the guard, the update.</summary>
/// <remarks>Disposed, it releases its copies of the buffers; it is made after a resumed state was put back.</remarks>
internal sealed class StepRunner(TrainingTask task, TrainingSettings settings, ScalarMeans means, Team? processes = null, bool? deferred = null) : IDisposable
{
    private readonly (Tensor[] Live, Tensor[] Kept) _buffers = Buffers(task);
    private readonly List<IEnumerable<string>> _drawn = [];
    private readonly PendingSteps? _pending = deferred ?? (processes is not { Size: > 1 } && !task.Model.parameters().First().device.IsHost()) ? new() : null;
    private readonly Team _team = processes ?? Team.Alone;
    private readonly BatchShare _share = new(processes?.Rank ?? 0, processes?.Size ?? 1, task.Inseparable ?? 1);

    /// <summary>On a device, whether the last step was left out, as one element above 0; it is known to the host at <see cref="Read"/>. Null on the CPU, where it is known at once.</summary>
    internal Tensor? Skip { get; private set; }

    /// <summary>Whether the host learns later what became of steps.</summary>
    internal bool IsDeferred => _pending is not null;

    /// <summary>Null where every phase was applied, or that is not known yet; else which loss or gradient was not finite, and that phase and later ones were left out.</summary>
    internal SkippedStep? Run(long step, double progress, double learningRate)
    {
        using var scope = NewDisposeScope();
        KeepBuffers();
        _drawn.Clear();
        if (_pending is not null)
        {
            RunDeferred(_pending, step, progress, learningRate);
            return null;
        }
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

    /// <summary>What became of the steps since the last call, in order, where that was not known at once.</summary>
    /// <returns>For each step why it was left out; null for one that was applied.</returns>
    internal IReadOnlyList<SkippedStep?> Read() => _pending?.Read(means) ?? [];

    public void Dispose()
    {
        Array.ForEach(_buffers.Kept, b => b.Dispose());
        _pending?.Dispose();
        Skip?.Dispose();
    }

    private SkippedStep? Run(TrainingPhase phase, long step, double progress, double learningRate)
    {
        phase.Optimizer.zero_grad();
        double total = 0;
        for (int micro = 0; micro < settings.Accumulate; micro++)
        {
            using var scope = NewDisposeScope();
            var loss = phase.Loss(new StepContext(step, micro, progress, means.Add, Drew, _share, _team));
            if (loss is null)
            {
                return micro == 0 ? null : throw SomeLeftOut(phase);
            }
            double value = _team.Mean(Scalars.Of(loss)); // so that all leave the step out, or none
            if (!double.IsFinite(value))
            {
                return Skipped("loss", value);
            }
            total += value / settings.Accumulate;
            (settings.Accumulate == 1 ? loss : loss / settings.Accumulate).backward();
        }
        _team.AverageGradients(phase.Optimizer.parameters());
        // Without clipping the norm is still wanted: it is the guard and the most telling curve of a run.
        double norm = nn.utils.clip_grad_norm_(phase.Optimizer.parameters(), settings.ClipGradNorm > 0 ? settings.ClipGradNorm : double.PositiveInfinity);
        if (!double.IsFinite(norm))
        {
            return Skipped("gradient", norm);
        }
        SetRate(phase, learningRate);
        phase.Optimizer.step();
        means.Add("loss." + phase.Name, total);
        means.Add("gradNorm." + phase.Name, norm);
        return null;

        SkippedStep Skipped(string what, double value) => SkippedStep.Of(step + 1, phase.Name, what, value, _drawn.SelectMany(clips => clips));
    }

    // The same without a number read: a phase is computed to its end, and its update has no effect where something was not finite.
    private void RunDeferred(PendingSteps pending, long step, double progress, double learningRate)
    {
        pending.Begin(step);
        Skip?.Dispose();
        var skip = zeros([], float32, task.Model.parameters().First().device);
        foreach (var phase in task.Phases)
        {
            skip = RunDeferred(pending, phase, skip, step, progress, learningRate);
        }
        using var noGrad = no_grad();
        FusedOperators.PutBack(_buffers.Live, _buffers.Kept, skip);
        Skip = skip.DetachFromDisposeScope();
    }

    private Tensor RunDeferred(PendingSteps pending, TrainingPhase phase, Tensor skip, long step, double progress, double learningRate)
    {
        phase.Optimizer.zero_grad();
        Tensor? total = null;
        for (int micro = 0; micro < settings.Accumulate; micro++)
        {
            using var scope = NewDisposeScope();
            var loss = phase.Loss(new StepContext(step, micro, progress, means.Add, clips => _drawn.Add([.. clips]), later: pending.Report));
            if (loss is null)
            {
                return micro == 0 ? skip : throw SomeLeftOut(phase);
            }
            var part = settings.Accumulate == 1 ? loss : loss / settings.Accumulate;
            part.backward();
            total = (total is null ? part.detach() : total + part.detach()).MoveToOuterDisposeScope();
        }
        using var noGrad = no_grad();
        Tensor[] gradients = [.. phase.Optimizer.parameters().Select(p => p.grad).OfType<Tensor>()];
        var norm = FusedOperators.Norm(gradients);
        if (settings.ClipGradNorm > 0)
        {
            FusedOperators.Clip(gradients, norm, settings.ClipGradNorm);
        }
        skip = maximum(skip, (total! + norm).isfinite().logical_not().to(float32).reshape([]));
        SetRate(phase, learningRate);
        var adam = phase.Optimizer as FusedAdam ?? throw new InvalidOperationException($"The phase {phase.Name} is trained by {phase.Optimizer.GetType().Name}; on a device it takes {nameof(FusedAdam)}.");
        adam.Skip = skip;
        adam.step();
        adam.Skip = null;
        pending.End(phase, total!, norm, [.. _drawn.SelectMany(clips => clips)]);
        return skip;
    }

    private static void SetRate(TrainingPhase phase, double learningRate)
    {
        foreach (var group in phase.Optimizer.ParamGroups)
        {
            group.LearningRate = learningRate * phase.LearningRateScale;
        }
    }

    private static InvalidOperationException SomeLeftOut(TrainingPhase phase) => new($"The phase {phase.Name} left out only some micro-steps of a step.");

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
