using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>One optimiser and the loss it descends; a step runs a task's phases in order (generator, then discriminator).</summary>
/// <param name="Name">Short and stable (<c>generator</c>): it names the optimiser's state in checkpoints and the gradient norm in the log.</param>
/// <param name="Optimizer">Owned by the task.</param>
/// <param name="Loss">
/// Builds the scalar loss of one micro-step; null leaves the phase out of this step. The loop calls <c>backward</c>.
/// It runs in a dispose scope of its own; what a later phase of the step needs is moved with
/// <c>MoveToOuterDisposeScope</c>, and lives until the step ends.
/// </param>
public sealed record TrainingPhase(string Name, optim.Optimizer Optimizer, Func<StepContext, Tensor?> Loss)
{
    /// <summary>Factor on the schedule's learning rate.</summary>
    /// <value>1</value>
    public double LearningRateScale { get; init; } = 1;
}
