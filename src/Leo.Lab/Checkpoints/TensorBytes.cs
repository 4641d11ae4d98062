using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints;

/// <summary>The memory of a contiguous CPU tensor in pieces that fit a span.</summary>
internal static class TensorBytes
{
    internal delegate void Visitor(Span<byte> bytes);

    // A span counts in int; a piece is a whole number of elements.
    private const long PieceBytes = 1L << 28;

    internal static void Visit(Tensor tensor, Visitor visit)
    {
        long count = tensor.numel(), piece = PieceBytes / tensor.element_size();
        if (count == 0)
        {
            return;
        }
        if (count <= piece)
        {
            visit(tensor.bytes);
            return;
        }
        using Tensor flat = tensor.view(-1);
        for (long start = 0; start < count; start += piece)
        {
            using Tensor part = flat.narrow(0, start, Math.Min(piece, count - start));
            visit(part.bytes);
        }
    }
}
