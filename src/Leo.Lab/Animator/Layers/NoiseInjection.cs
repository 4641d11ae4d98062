#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Animator.Layers;

/// <summary>
/// StyleGAN2's noise strength. LIA keeps the parameter and never feeds noise, so it takes no part in the forward
/// pass; it is here because official checkpoints carry it.
/// </summary>
public sealed class NoiseInjection : nn.Module
{
    internal Parameter weight;

    /// <summary>Makes the parameter, 0 at first.</summary>
    public NoiseInjection() : base(nameof(NoiseInjection))
    {
        weight = new Parameter(zeros(1));
        RegisterComponents();
    }
}
