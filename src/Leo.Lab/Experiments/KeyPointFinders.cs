using Leo.Lab.Metrics;
using Leo.Lab.Metrics.Faces;
using Leo.Lab.Metrics.KeyPoints;
using Leo.Lab.Metrics.Onnx;

namespace Leo.Lab.Experiments;

/// <summary>Finds what finds key points, for AKD and MKR, by the words of a command line.</summary>
public static class KeyPointFinders
{
    /// <summary>What can be written, for help and errors.</summary>
    public const string Known = "face:FOLDER, face-ssd:FOLDER, onnx:FILE, puppets";

    /// <summary>Opens one.</summary>
    /// <param name="what">See <see cref="Known"/>; behind an ONNX file there may be options (<see cref="OnnxNetwork.Open"/>).</param>
    /// <param name="device">What computes: <see cref="ComputeDevice.Known"/>.</param>
    /// <exception cref="MetricException">No such kind, or no file is named.</exception>
    /// <exception cref="LeoException">The file or folder is missing, damaged or something else; or there is no such device.</exception>
    public static IKeyPointFinder Open(string what, string device = ComputeDevice.Auto)
    {
        ArgumentNullException.ThrowIfNull(what);
        var where = ComputeDevice.Find(device);
        int colon = what.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? what : what[..colon], file = colon < 0 ? "" : what[(colon + 1)..];
        IKeyPointFinder finder = (kind, file.Length > 0) switch
        {
            ("face", true) => new FaceKeyPoints(file),
            ("face-ssd", true) => new FaceKeyPoints(file, FaceDetectorKind.Ssd),
            ("onnx", true) => new OnnxKeyPoints(file),
            (PuppetKeyPoints.Word, false) => new PuppetKeyPoints(),
            _ => throw new MetricException(what, $"expected one of {Known}", "Name what finds key points, and its file where it has one"),
        };
        finder.MoveTo(where);
        return finder;
    }
}
