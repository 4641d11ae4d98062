using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>All steps alike (Ho et al. 2020, Algorithm 1).</summary>
/// <param name="steps">Steps T of the process.</param>
public sealed class UniformStepSampler(int steps) : StepSampler
{
    /// <inheritdoc/>
    public override (Tensor Steps, Tensor? Weights) Draw(int count, Generator generator) =>
        (randint(0, steps, new long[] { count }, dtype: ScalarType.Int64, generator: generator), null);
}
