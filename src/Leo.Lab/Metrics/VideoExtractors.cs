using Leo.Lab.Metrics.Embedded;
using Leo.Lab.Metrics.I3d;

namespace Leo.Lab.Metrics;

/// <summary>Finds a video extractor by the words of a command line.</summary>
public static class VideoExtractors
{
    /// <summary>What can be written, for help and errors.</summary>
    public const string Known = "i3d:FILE, pytorch-i3d:FILE, puppet-i3d, puppet-i3d:FILE";

    /// <summary>Opens an extractor.</summary>
    /// <param name="what"><c>kind:FILE</c>, or <c>puppet-i3d</c> for the one that comes with the project: see <see cref="Known"/>. <c>i3d</c> takes programs of TorchScript, too.</param>
    /// <exception cref="MetricException">No such kind, or no file is named.</exception>
    /// <exception cref="Checkpoints.CheckpointException">The file is missing, damaged or something else.</exception>
    public static IVideoExtractor Open(string what)
    {
        ArgumentNullException.ThrowIfNull(what);
        int colon = what.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? what : what[..colon], file = colon < 0 ? "" : what[(colon + 1)..];
        if (what == PuppetI3dExtractor.Word)
            return PuppetI3dExtractor.Load();
        if (file.Length == 0)
            throw new MetricException(what, $"expected one of {Known}", "Name the kind of extractor and the file of its weights");
        return kind switch
        {
            "i3d" when TorchScriptExtractor.Recognises(file) => TorchScriptExtractor.Load(file),
            "i3d" => I3dExtractor.Load(file, I3dVariant.Fvd),
            PuppetI3dExtractor.Word => PuppetI3dExtractor.Load(file),
            "pytorch-i3d" => I3dExtractor.Load(file, I3dVariant.PyTorchI3d),
            _ => throw new MetricException(what, $"expected one of {Known}", "Name the kind of extractor and the file of its weights"),
        };
    }
}
