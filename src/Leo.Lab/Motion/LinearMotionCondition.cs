using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>
/// The Linear Motion Condition (LEO §3.2, Eqs. 2–4): a sequence is its first code and the residuals to it,
/// a = [α₁, α₁ + m], and only m is ever noised. Works in any unit in which codes differ from raw ones by a shift and a
/// scale per dimension.
/// </summary>
public static class LinearMotionCondition
{
    /// <summary>The first code [B, D] and the residuals m₂ … m_L [B, L−1, D] of sequences [B, L, D] (Eq. 2).</summary>
    /// <param name="a">Sequences [B, L, D].</param>
    public static (Tensor Alpha1, Tensor M) Split(Tensor a)
    {
        using var scope = NewDisposeScope();
        var first = a.narrow(1, 0, 1); // [B, 1, D]
        var m = a.narrow(1, 1, a.shape[1] - 1) - first;
        return scope.MoveToOuter(first.squeeze(1), m);
    }

    /// <summary>[α₁, α₁ + m] (Eq. 3): α₁ is added on m and then put before it in time; α₁ itself is copied bit by bit.</summary>
    /// <param name="alpha1">First codes [B, D].</param>
    /// <param name="m">Residuals, clean or noised, [B, L−1, D].</param>
    /// <returns>[B, L, D].</returns>
    public static Tensor Join(Tensor alpha1, Tensor m)
    {
        using var scope = NewDisposeScope();
        var first = alpha1.unsqueeze(1); // [B, 1, D]
        return cat([first, first + m], 1).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// ε_θ(m_t, α₁, t) of Eq. 4: a denoiser of residuals made of a network for whole sequences. The network sees
    /// [α₁, α₁ + m_t]; its output at the residuals' places is kept.
    /// </summary>
    /// <param name="network">Maps sequences [B, L, D] and steps [B] to [B, L, D].</param>
    /// <param name="alpha1">First codes [B, D], intact at every step.</param>
    public static Func<Tensor, Tensor, Tensor> Denoiser(Func<Tensor, Tensor, Tensor> network, Tensor alpha1) => (mt, t) =>
    {
        using var scope = NewDisposeScope();
        var output = network(Join(alpha1, mt), t);
        return output.narrow(1, 1, mt.shape[1]).MoveToOuterDisposeScope();
    };
}
