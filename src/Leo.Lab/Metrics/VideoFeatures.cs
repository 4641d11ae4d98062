using Leo.Lab.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>Features of a set of videos, ready for a metric.</summary>
/// <param name="Features">[N, D] float32; owned by this object.</param>
/// <param name="Videos">Which video each row is of, counted in the order of the folder; of rows that are frames, which clip.</param>
public sealed record VideoFeatures(Tensor Features, IReadOnlyList<long> Videos) : IDisposable
{
    /// <summary>Videos that were shorter than a clip.</summary>
    public int TooShort { get; init; }

    /// <summary>Frames in which nobody was found.</summary>
    public int FramesWithout { get; init; }

    /// <summary>How they were made.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Writes them: safetensors with <c>features</c> [N, D] and <c>video</c> [N].</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        Safetensors.Write(path, new Dictionary<string, Tensor> { [FeatureFile.TensorName] = Features, [FeatureFile.VideoName] = tensor(Videos.ToArray()) }, Metadata);
    }

    /// <inheritdoc/>
    public void Dispose() => Features.Dispose();
}
