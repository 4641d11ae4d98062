using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Draws the diffusion steps of training batches.</summary>
public abstract class StepSampler
{
    /// <summary>The sampler of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="schedule">The process.</param>
    public static StepSampler Create(StepSamplingKind kind, NoiseSchedule schedule) => kind switch
    {
        StepSamplingKind.Uniform => new UniformStepSampler(schedule.Steps),
        StepSamplingKind.LossSecondMoment => new LossSecondMomentSampler(schedule.Steps),
        StepSamplingKind.LogNormal => new LogNormalStepSampler(schedule),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown way to draw steps."),
    };

    /// <summary>Draws steps and the weights of their losses.</summary>
    /// <param name="count">How many, B.</param>
    /// <param name="generator">The only source of chance.</param>
    /// <returns>Steps [B], int64, and weights [B], float32; null where all weights are 1.</returns>
    public abstract (Tensor Steps, Tensor? Weights) Draw(int count, Generator generator);

    /// <summary>Whether <see cref="Observe"/> wants to be told losses, which have to be read back from a device at every step.</summary>
    public virtual bool Observes => false;

    /// <summary>Learns from the unweighted losses of drawn steps.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="losses">Their losses.</param>
    public virtual void Observe(ReadOnlySpan<long> steps, ReadOnlySpan<float> losses)
    {
    }

    /// <summary>What it has learnt, for a checkpoint; owned by the current dispose scope.</summary>
    public virtual IReadOnlyDictionary<string, Tensor> Save() => new Dictionary<string, Tensor>();

    /// <summary>Takes back what <see cref="Save"/> gave.</summary>
    public virtual void Load(IReadOnlyDictionary<string, Tensor> state)
    {
    }
}
