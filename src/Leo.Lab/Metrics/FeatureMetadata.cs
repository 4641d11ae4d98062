using System.Globalization;
using Leo.Lab.Checkpoints;

namespace Leo.Lab.Metrics;

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
