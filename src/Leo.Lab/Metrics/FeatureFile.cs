using System.Globalization;
using Leo.Lab.Checkpoints;
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

    /// <summary>Opens a file of features or statistics; the array of a <c>.npy</c> is features.</summary>
    /// <exception cref="CheckpointException">Missing, damaged, or holding neither.</exception>
    /// <exception cref="MetricException">The numbers are no statistics.</exception>
    public static FeatureFile Open(string path)
    {
        using var file = TensorFile.Open(path);
        // numpy.save has no names.
        string name = file is NpyFile ? NpyFile.ArrayName : TensorName;
        if (file.Contains(name))
        {
            using var outside = NewDisposeScope();
            var features = file.Read(name).DetachFromDisposeScope();
            return new FeatureFile(path, file.Metadata, features, file.Contains(VideoName) ? file.Read(VideoName).DetachFromDisposeScope() : null, null);
        }
        if (file.Contains("scatter"))
            return new FeatureFile(path, file.Metadata, null, null, FeatureStatistics.Load(file));
        throw new CheckpointException(path, $"expected a tensor '{TensorName}', found {string.Join(", ", file.Names.Take(5))}", "Give what `leo features` wrote, or an array [N, D] by numpy.save");
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

/// <summary>Keys of the strings beside features that tell how they were made.</summary>
public static class FeatureMetadata
{
    /// <summary>Kind of files of features.</summary>
    public const string Kind = "features";

    /// <summary>What made them: <c>i3d</c>, <c>face</c>, <c>puppet-i3d</c>, …</summary>
    public const string Extractor = "extractor";

    /// <summary>Hash of the weights' file.</summary>
    public const string Weights = "weights";

    /// <summary>Protocol whose preprocessing was followed.</summary>
    public const string Protocol = "protocol";

    /// <summary>Frames of a clip and stride.</summary>
    public const string Clip = "clip";

    /// <summary>Where clips begin.</summary>
    public const string Start = "start";

    /// <summary>Frames in which no face was found, of features of faces.</summary>
    public const string FramesWithout = "frames_without";

    // What has to agree before two sets may be compared.
    private static readonly string[] Compared = [Extractor, Weights, Protocol, Clip];

    /// <summary>The strings of newly made features.</summary>
    internal static Dictionary<string, string> Of(string extractor, string weights, string? protocol, ClipSampling sampling)
    {
        var strings = new Dictionary<string, string>
        {
            [CheckpointNames.Kind] = Kind,
            [Extractor] = extractor,
            [Weights] = weights,
            [Clip] = string.Create(CultureInfo.InvariantCulture, $"{sampling.Frames} frames, stride {sampling.Stride}"),
            [Start] = sampling.RandomStart ? string.Create(CultureInfo.InvariantCulture, $"random, seed {sampling.Seed}") : "first",
        };
        if (protocol is not null)
            strings[Protocol] = protocol;
        return strings;
    }

    /// <summary>The strings of one video's part of features: also how many clips of it were wanted.</summary>
    internal static Dictionary<string, string> OfParts(IReadOnlyDictionary<string, string> whole, ClipSampling sampling) => new(whole)
    {
        [CheckpointNames.Kind] = "features-part",
        ["clips_wanted"] = sampling.ClipsPerVideo.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The first thing in which two sets were made differently, in words; null where they agree as far as is known.</summary>
    public static string? Difference(IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string> b)
    {
        foreach (string key in Compared)
        {
            if (a.TryGetValue(key, out string? x) && b.TryGetValue(key, out string? y) && x != y)
                return $"{key} '{y}', not '{x}'";
        }
        return null;
    }
}

/// <summary>What every metric asks of features before it trusts them.</summary>
internal static class FeatureChecks
{
    /// <summary>Rows of finite floats, at least <paramref name="least"/> of them.</summary>
    /// <exception cref="MetricException">They are not.</exception>
    internal static void Require(Tensor features, string subject, long least)
    {
        if (features.dim() != 2 || features.shape[1] < 1)
            throw new MetricException(subject, $"expected features [N, D], found [{string.Join(", ", features.shape)}]", "Give one row of numbers for each sample");
        if (features.dtype is not (ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16))
            throw new MetricException(subject, $"expected features in floating point, found {features.dtype}", "Save them as float32");
        if (features.shape[0] < least)
            throw new MetricException(subject, $"expected at least {least} samples, found {features.shape[0]}", "Give more samples");
        RequireFinite(features, subject);
    }

    /// <summary>Only finite numbers.</summary>
    /// <exception cref="MetricException">Names the first row with another.</exception>
    internal static void RequireFinite(Tensor features, string subject)
    {
        using var scope = NewDisposeScope();
        // One bad number spoils the sum. A sum may also overflow by itself: then the closer look finds nothing.
        if (double.IsFinite(features.sum().to(ScalarType.Float64).item<double>()))
            return;
        var bad = features.flatten(1).isfinite().logical_not().any(1).to(ScalarType.Int64);
        long count = bad.sum().item<long>();
        if (count > 0)
        {
            throw new MetricException(subject, string.Create(CultureInfo.InvariantCulture, $"{count} of {features.shape[0]} rows hold NaN or infinity, the first is row {bad.argmax().item<long>()}"),
                "Look at the video of that row, or at what made its features");
        }
    }

    /// <summary>As many numbers a sample in both sets.</summary>
    /// <exception cref="MetricException">They differ.</exception>
    internal static void RequireSameWidth(long a, long b, string nameA, string nameB)
    {
        if (a != b)
            throw new MetricException(nameB, $"expected {a} numbers a sample as in {nameA}, found {b}", "Make both sets with the same extractor");
    }
}
