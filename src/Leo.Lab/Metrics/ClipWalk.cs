using Leo.Lab.Data;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>All clips of the videos of a folder, one after the other.</summary>
/// <param name="folder">Where they are, for their names.</param>
/// <param name="paths">The videos.</param>
/// <param name="sampling">Which frames.</param>
internal sealed class ClipWalk(string folder, IReadOnlyList<string> paths, ClipSampling sampling)
{
    /// <summary>Videos so far that were shorter than a clip, and so were left out, as StyleGAN-V does.</summary>
    internal int TooShort { get; private set; }

    /// <summary>The clips.</summary>
    /// <param name="progress">Called after each video with the number done.</param>
    /// <returns>The video's number, and [T, 3, H, W] bytes that the caller disposes of.</returns>
    internal IEnumerable<(int Video, Tensor Clip)> Clips(Action<int>? progress)
    {
        foreach (var (video, path) in paths.Index())
        {
            int length = ClipReader.Length(path);
            if (length < sampling.Span)
            {
                TooShort++;
            }
            else
            {
                foreach (var clip in ClipReader.Read(path, sampling.Starts(VideoFolder.NameIn(folder, path), length), sampling))
                    yield return (video, clip);
            }
            progress?.Invoke(video + 1);
        }
        if (TooShort == paths.Count)
            throw new MetricException(folder, $"none of its {paths.Count} videos has {sampling.Span} frames", "Take shorter clips with --frames or --stride, or give longer videos");
    }
}
