using Leo.Lab.Diffusion;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>A diffusion model whose data are motion codes.</summary>
/// <param name="network">The denoiser's network; owned.</param>
/// <param name="normalizer">The units.</param>
/// <param name="diffusion">The process.</param>
public abstract class CodeDiffusionModel(nn.Module<Tensor, Tensor, Tensor> network, CodeNormalizer normalizer, DiffusionSettings diffusion)
    : DiffusionModel(network, normalizer, diffusion)
{
    /// <summary>The loss of each sample [B].</summary>
    /// <param name="codes">Raw data [B, …, D].</param>
    /// <param name="t">Steps [B], int64.</param>
    /// <param name="noise">ε [B, …<see cref="NoiseShape"/>].</param>
    public abstract Tensor TrainingLoss(Tensor codes, Tensor t, Tensor noise);
}
