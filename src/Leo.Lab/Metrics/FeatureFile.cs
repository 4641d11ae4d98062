using Leo.Lab.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>Features, or only their statistics, of a file; and what the file says of how they were made.</summary>
public sealed class FeatureFile : IDisposable
{
    /// <summary>Name of the tensor that holds features, [N, D].</summary>
    public const string TensorName = "features";

    /// <summary>Name of the tensor that tells which video each row of features of frames is of, [N] int64.</summary>
    public const string VideoName = "video";

    private FeatureFile(string path, IReadOnlyDictionary<string, string> metadata, Tensor? features, Tensor? videos, FeatureStatistics? statistics) =>
        (Path, Metadata, Features, Videos, Statistics) = (path, metadata, features, videos, statistics);

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>What the file says of its making; empty for files of other programs.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The features, [N, D], or [N, T, D] where rows are frames; null where only statistics were kept.</summary>
    public Tensor? Features { get; }

    /// <summary>Which video each row is of, [N] int64; null where rows are no frames.</summary>
    public Tensor? Videos { get; }

    /// <summary>The statistics; null where the features themselves are there.</summary>
    public FeatureStatistics? Statistics { get; }

    /// <summary>What made the features, as <c>i3d</c> or <c>puppet-i3d</c>; null where the file does not say.</summary>
    public string? Extractor => Metadata.GetValueOrDefault(FeatureMetadata.Extractor);

    /// <summary>Samples.</summary>
    public long Count => Features?.shape[0] ?? Statistics!.Count;

    /// <summary>Opens a file of features or statistics.</summary>
    /// <exception cref="CheckpointException">Missing, damaged, or holding neither.</exception>
    /// <exception cref="MetricException">The numbers are no statistics.</exception>
    public static FeatureFile Open(string path)
    {
        using var file = TensorFile.Open(path);
        if (file.Contains(TensorName))
        {
            using var outside = NewDisposeScope();
            var features = file.Read(TensorName).DetachFromDisposeScope();
            return new FeatureFile(path, file.Metadata, features, file.Contains(VideoName) ? file.Read(VideoName).DetachFromDisposeScope() : null, null);
        }
        if (file.Contains("scatter"))
            return new FeatureFile(path, file.Metadata, null, null, FeatureStatistics.Load(file));
        throw new CheckpointException(path, $"expected a tensor '{TensorName}', found {string.Join(", ", file.Names.Take(5))}", "Give what `leo features` wrote");
    }

    /// <summary>The features.</summary>
    /// <exception cref="MetricException">Only statistics were kept.</exception>
    public Tensor RequireFeatures() => Features
        ?? throw new MetricException(Path, "holds statistics only, and this metric compares samples", "Give the features themselves");

    /// <summary>Statistics of what is there; those of features are new and the caller's, too.</summary>
    /// <exception cref="MetricException">The features are not [N, D] finite floats.</exception>
    public FeatureStatistics ToStatistics()
    {
        if (Features is not null)
            return FeatureStatistics.Of(Features, Path);
        var copy = new FeatureStatistics(Statistics!.Width);
        copy.Merge(Statistics);
        return copy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Features?.Dispose();
        Videos?.Dispose();
        Statistics?.Dispose();
    }
}
