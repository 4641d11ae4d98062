using TorchSharp;

namespace Leo.Lab.Diffusion;

/// <summary>What a sampler has just done. The tensors are lent: they die when the callback returns.</summary>
/// <param name="Index">Steps done so far, 1 … Count.</param>
/// <param name="Count">All steps of this run.</param>
/// <param name="Timestep">The training step that was just denoised.</param>
/// <param name="X">The signal after this step [B, …].</param>
/// <param name="X0">The denoiser's guess of the clean signal [B, …].</param>
public readonly record struct SamplingStep(int Index, int Count, int Timestep, torch.Tensor X, torch.Tensor X0);
