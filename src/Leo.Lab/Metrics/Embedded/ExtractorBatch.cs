using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Embedded;

/// <summary>Clips and what is true of them, in the current dispose scope.</summary>
/// <param name="Clips">[B, 3, T, 64, 64] in [-1, 1].</param>
/// <param name="Truth">[B, n]: poses, person, strength of each degradation; NaN where a clip has none.</param>
/// <param name="Patterns">[B] number of the motion; −1 where a clip shows none.</param>
internal sealed record ExtractorBatch(Tensor Clips, Tensor Truth, Tensor Patterns)
{
    /// <summary>Which video and first frame each clip is of.</summary>
    internal IReadOnlyList<(int Video, int Start)> Drawn { get; init; } = [];
}
