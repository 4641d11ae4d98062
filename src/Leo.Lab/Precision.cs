namespace Leo.Lab;

/// <summary>
/// In which numbers convolutions and matrix products are computed. Weights, optimisers, averages, losses and checkpoints are float32 in each, so that a
/// model trained in one is gone on with, or used, in another.
/// </summary>
public enum Precision
{
    /// <summary>IEEE single precision, 24 bits.</summary>
    Float32,

    /// <summary>CUDA multiplies with 11 bits and adds in float32; no tensor changes its type. On a CPU it is float32.</summary>
    Tf32,

    /// <summary>bfloat16, 8 bits with float32's range: convolutions, and activations between layers. Twice as fast where a processor has it (AVX512-BF16, AMX, CUDA).</summary>
    Bfloat16,
}
