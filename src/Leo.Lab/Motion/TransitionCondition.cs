using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>
/// The condition of the Transition DM (LEO §6): the motion between two given codes. The paper says what goes in and what comes out
/// and leaves the form open; ours is the Linear Motion Condition's for two ends: a sequence is the straight line from α₁ to α_L and
/// residuals to it, a_i = α₁ + (i − 1)/(L − 1)·(α_L − α₁) + m_i, only m₂ … m_{L−1} are noised, and both ends stay intact.
/// </summary>
public static class TransitionCondition
{
    /// <summary>Both ends [B, D] and the residuals to the line between them [B, L−2, D] of sequences [B, L, D].</summary>
    /// <param name="a">Sequences of at least 3 codes.</param>
    public static (Tensor First, Tensor Last, Tensor M) Split(Tensor a)
    {
        using var scope = NewDisposeScope();
        long length = a.shape[1];
        var (first, last) = (a.select(1, 0), a.select(1, length - 1));
        return scope.MoveToOuter(first.alias(), last.alias(), a.narrow(1, 1, length - 2) - Line(first, last, length));
    }

    /// <summary>[α₁, line + m, α_L]; the ends are copied bit by bit.</summary>
    /// <param name="first">First codes [B, D].</param>
    /// <param name="last">Last codes [B, D].</param>
    /// <param name="m">Residuals, clean or noised, [B, L−2, D].</param>
    /// <returns>[B, L, D].</returns>
    public static Tensor Join(Tensor first, Tensor last, Tensor m)
    {
        using var scope = NewDisposeScope();
        var between = m + Line(first, last, m.shape[1] + 2);
        return cat([first.unsqueeze(1), between, last.unsqueeze(1)], 1).MoveToOuterDisposeScope();
    }

    /// <summary>A denoiser of residuals made of a network for whole sequences, which sees both ends intact at every step.</summary>
    /// <param name="network">Maps sequences [B, L, D] and steps [B] to [B, L, D].</param>
    /// <param name="first">First codes [B, D].</param>
    /// <param name="last">Last codes [B, D].</param>
    public static Func<Tensor, Tensor, Tensor> Denoiser(Func<Tensor, Tensor, Tensor> network, Tensor first, Tensor last) => (mt, t) =>
    {
        using var scope = NewDisposeScope();
        return network(Join(first, last, mt), t).narrow(1, 1, mt.shape[1]).MoveToOuterDisposeScope();
    };

    // The inner places of the straight line, [B, L−2, D].
    private static Tensor Line(Tensor first, Tensor last, long length)
    {
        var share = arange(1, length - 1, dtype: first.dtype, device: first.device).reshape(1, -1, 1) / (length - 1);
        return first.unsqueeze(1) + share * (last - first).unsqueeze(1);
    }
}
