using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>
/// Training sequences that begin a little beside real motion and find back to it. In long generation α₁ is the end of a generated
/// sequence, which is never quite where real motion could be; a model that has only seen real first codes does not correct the error but adds
/// its own, and after some hundred frames the codes have left the data. The paper does not do this.
/// </summary>
public static class WrongStart
{
    /// <summary>
    /// a_t + δ·w_t, where w falls along a cosine from 1 at α₁ to 0 in the middle of the sequence, and δ is Gaussian with a deviation of u·strength times
    /// the scale, u uniform in [0, 1) for each sequence.
    /// </summary>
    /// <param name="codes">[B, L, D].</param>
    /// <param name="scale">Scale of each dimension.</param>
    /// <param name="strength">Largest deviation of δ, in units of the scale.</param>
    /// <param name="generator">The only source of randomness.</param>
    /// <returns>[B, L, D].</returns>
    public static Tensor Shift(Tensor codes, IReadOnlyList<float> scale, double strength, Generator generator)
    {
        using var scope = NewDisposeScope();
        var (batch, length, dim) = (codes.shape[0], codes.shape[1], codes.shape[2]);
        var sizes = rand([batch, 1, 1], dtype: ScalarType.Float32, generator: generator) * strength;
        var delta = randn([batch, 1, dim], dtype: ScalarType.Float32, generator: generator) * sizes * tensor(scale.ToArray());
        var way = (arange(length, dtype: ScalarType.Float32) * (2.0 / length)).clamp(0, 1) * Math.PI;
        var weight = ((way.cos() + 1) / 2).reshape(1, length, 1);
        return (codes + (delta * weight).to(codes.device)).MoveToOuterDisposeScope();
    }
}
