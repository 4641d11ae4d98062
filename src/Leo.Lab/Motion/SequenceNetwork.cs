using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>A network over channels and time, as a denoiser of sequences [B, L, D].</summary>
internal static class SequenceNetwork
{
    /// <param name="network">Maps [B, D, L] and steps [B] to [B, D′, L].</param>
    /// <returns>Maps [B, L, D] and steps [B] to [B, L, D′].</returns>
    public static Func<Tensor, Tensor, Tensor> Over(nn.Module<Tensor, Tensor, Tensor> network) => (sequences, t) =>
    {
        using var scope = NewDisposeScope();
        return network.call(sequences.transpose(1, 2), t).transpose(1, 2).MoveToOuterDisposeScope();
    };
}
