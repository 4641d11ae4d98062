using static TorchSharp.torch;

namespace Leo.Lab;

/// <summary>Where new videos begin: pictures x₁ and first codes α₁ (LEO §3.3).</summary>
/// <param name="Pictures">[K, 3, S, S], or one for all, [1, 3, S, S], in [-1, 1].</param>
/// <param name="FirstCodes">[K, 20].</param>
public sealed record VideoStart(Tensor Pictures, Tensor FirstCodes) : IDisposable
{
    /// <summary>What looks wrong with the pictures, and what to do; mostly empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The picture of video <paramref name="k"/>, [1, 3, S, S].</summary>
    /// <param name="k">0 … K−1.</param>
    public Tensor Picture(int k) => Pictures.narrow(0, Pictures.shape[0] == 1 ? 0 : k, 1);

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Pictures.Dispose();
        FirstCodes.Dispose();
    }
}
