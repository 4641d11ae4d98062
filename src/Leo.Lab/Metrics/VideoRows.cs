using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>What an extractor saw in one video.</summary>
/// <param name="Rows">[n, D] float32; null where there is no row.</param>
/// <param name="Clips">Which clip of the video each row is of, from 0.</param>
/// <param name="ClipCount">Clips that were looked at; 0 where the video is shorter than one.</param>
/// <param name="Without">Frames in which nobody was found.</param>
internal sealed record VideoRows(Tensor? Rows, IReadOnlyList<long> Clips, int ClipCount, int Without = 0)
{
    internal static VideoRows TooShort => new(null, [], 0);
}
