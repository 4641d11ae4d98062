using Leo.Lab.Metrics;
using Leo.Lab.Metrics.Faces;
using Leo.Lab.Metrics.Onnx;
using Leo.Lab.Metrics.People;

namespace Leo.Lab.Experiments;

/// <summary>Finds an extractor of frames, for ACD, by the words of a command line.</summary>
public static class FrameExtractors
{
    /// <summary>What can be written, for help and errors.</summary>
    public const string Known = "face:FOLDER, face-ssd:FOLDER, reid:FILE, onnx:FILE, palette, puppets:FOLDER";

    private static readonly string[] Kinds = ["face", "face-ssd", "reid", "reid-stride1", "onnx", "palette", "puppets"];

    /// <summary>Whether these words mean an extractor of frames, not of videos.</summary>
    public static bool Knows(string what)
    {
        ArgumentNullException.ThrowIfNull(what);
        return Kinds.Contains(what.Split(':')[0]);
    }

    /// <summary>Opens an extractor.</summary>
    /// <param name="what">See <see cref="Known"/>.</param>
    /// <param name="device">What computes: <see cref="ComputeDevice.Known"/>.</param>
    /// <exception cref="MetricException">No such kind, or no file is named.</exception>
    /// <exception cref="LeoException">The file or folder is missing, damaged or something else; or there is no such device.</exception>
    public static IFrameExtractor Open(string what, string device = ComputeDevice.Auto)
    {
        var where = ComputeDevice.Find(device);
        var extractor = Open(what);
        extractor.MoveTo(where);
        return extractor;
    }

    private static IFrameExtractor Open(string what)
    {
        ArgumentNullException.ThrowIfNull(what);
        int colon = what.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? what : what[..colon], file = colon < 0 ? "" : what[(colon + 1)..];
        return (kind, file.Length > 0) switch
        {
            ("face", true) => new FaceExtractor(file),
            ("face-ssd", true) => new FaceExtractor(file, FaceDetectorKind.Ssd),
            ("reid", true) => PersonExtractor.Load(file),
            ("reid-stride1", true) => PersonExtractor.Load(file, lastStride: 1),
            ("onnx", true) => new OnnxExtractor(file),
            ("palette", false) => new PaletteExtractor(),
            ("puppets", true) => PuppetIdentityExtractor.Learn(file),
            _ => throw new MetricException(what, $"expected one of {Known}", "Name the kind of extractor, and its file where it has one"),
        };
    }
}
