#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using Leo.Lab.Animator.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>
/// The orthogonal motion dictionary D (LIA §3.1): α → Σᵢ αᵢ dᵢ, where the directions dᵢ are the orthonormal
/// columns that QR decomposition makes of a learnt matrix.
/// </summary>
public sealed class MotionDictionary : nn.Module<Tensor, Tensor>
{
    internal Parameter weight;

    /// <summary>Makes the dictionary.</summary>
    /// <param name="settings">Shape of the animator.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    public MotionDictionary(AnimatorSettings settings, Generator? generator = null) : base(nameof(MotionDictionary))
    {
        weight = new Parameter(Weights.Normal([settings.StyleDim, settings.MotionDim], generator));
        RegisterComponents();
    }

    /// <summary>Q [style, 20], whose columns are the directions.</summary>
    public Tensor Directions()
    {
        using var shifted = weight + 1e-8;                                // as in the official code
        var (q, r) = linalg.qr(shifted);
        r.Dispose();
        return q;
    }

    /// <summary>α [B, 20] → displacement of the appearance code, [B, style].</summary>
    public override Tensor forward(Tensor alpha)
    {
        using var directions = Directions();
        return Combine(alpha, directions);
    }

    /// <summary>As <see cref="forward"/>, with directions computed once before.</summary>
    internal static Tensor Combine(Tensor alpha, Tensor directions) => nn.functional.linear(alpha, directions);
}
