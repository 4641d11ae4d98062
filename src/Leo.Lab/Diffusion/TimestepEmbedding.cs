using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Sinusoidal embeddings of the diffusion step, cosines first (Nichol &amp; Dhariwal's layout).</summary>
public static class TimestepEmbedding
{
    /// <summary>Embeds steps: [B] → [B, dim], float32. An odd dimension ends in a zero.</summary>
    /// <param name="timesteps">Steps [B] of any numeric type; fractions are allowed.</param>
    /// <param name="dim">The embedding's width, at least 2.</param>
    /// <param name="maxPeriod">The longest period.</param>
    public static Tensor Create(Tensor timesteps, int dim, double maxPeriod = 10000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dim, 2);
        using var scope = NewDisposeScope();
        int half = dim / 2;
        var angles = timesteps.to(ScalarType.Float32).unsqueeze(1) * (arange(half, dtype: ScalarType.Float32, device: timesteps.device) * Rate(dim, maxPeriod)).exp();
        var embedding = cat([angles.cos(), angles.sin()], 1);                   // [B, 2·half]
        return (dim % 2 == 0 ? embedding : nn.functional.pad(embedding, (0, 1))).MoveToOuterDisposeScope();
    }

    // Frequencies are e^(rate·k).
    internal static double Rate(int dim, double maxPeriod = 10000) => -Math.Log(maxPeriod) / (dim / 2);
}
