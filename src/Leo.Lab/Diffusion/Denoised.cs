using TorchSharp;

namespace Leo.Lab.Diffusion;

/// <summary>What a denoiser says of a noised signal at one step.</summary>
/// <param name="X0">Its guess of the clean signal [B, …].</param>
/// <param name="LogVariance">The logarithm of the reverse step's variance [B, …] where the network has learnt it; null where it is fixed.</param>
public readonly record struct Denoised(torch.Tensor X0, torch.Tensor? LogVariance);
