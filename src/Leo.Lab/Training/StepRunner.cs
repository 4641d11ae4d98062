using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>One optimisation step: for each phase the gradients of its micro-steps, clipping, the guard, the update.</summary>
internal sealed class StepRunner(TrainingTask task, TrainingSettings settings, ScalarMeans means)
{
    /// <summary>Whether every phase was applied; false if a loss or gradient was not finite, and that phase and later ones were left out.</summary>
    internal bool Run(long step, double progress, double learningRate)
    {
        using var scope = NewDisposeScope();
        foreach (TrainingPhase phase in task.Phases)
        {
            if (!Run(phase, step, progress, learningRate))
            {
                return false;
            }
        }
        return true;
    }

    private bool Run(TrainingPhase phase, long step, double progress, double learningRate)
    {
        phase.Optimizer.zero_grad();
        double total = 0;
        for (int micro = 0; micro < settings.Accumulate; micro++)
        {
            using var scope = NewDisposeScope();
            Tensor? loss = phase.Loss(new StepContext(step, micro, progress, means.Add));
            if (loss is null)
            {
                return micro == 0 ? true : throw new InvalidOperationException($"The phase {phase.Name} left out only some micro-steps of a step.");
            }
            double value = Scalars.Of(loss);
            if (!double.IsFinite(value))
            {
                return false;
            }
            total += value / settings.Accumulate;
            (settings.Accumulate == 1 ? loss : loss / settings.Accumulate).backward();
        }
        // Without clipping the norm is still wanted: it is the guard and the most telling curve of a run.
        double norm = nn.utils.clip_grad_norm_(phase.Optimizer.parameters(), settings.ClipGradNorm > 0 ? settings.ClipGradNorm : double.PositiveInfinity);
        if (!double.IsFinite(norm))
        {
            return false;
        }
        foreach (var group in phase.Optimizer.ParamGroups)
        {
            group.LearningRate = learningRate * phase.LearningRateScale;
        }
        phase.Optimizer.step();
        means.Add("loss." + phase.Name, total);
        means.Add("gradNorm." + phase.Name, norm);
        return true;
    }
}
