using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>What a sampler knows before a reverse step. The tensors belong to the sampling.</summary>
/// <param name="X">The signal x_t [B, …].</param>
/// <param name="Denoised">What the denoiser says of it.</param>
/// <param name="PreviousX0">The x₀ of the step before, at <paramref name="Index"/> + 1; null at the first.</param>
/// <param name="Index">The step of the process.</param>
/// <param name="Noise">Gives fresh noise [B, …].</param>
/// <param name="Denoise">Asks the denoiser once more, about another signal at another step of the process.</param>
public readonly record struct ReverseStep(Tensor X, Denoised Denoised, Tensor? PreviousX0, int Index, Func<Tensor> Noise, Func<Tensor, int, Denoised> Denoise);
