using Leo.Lab.Checkpoints;
using Leo.Lab.Metrics.I3d;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>Finds a video extractor by the words of a command line.</summary>
public static class VideoExtractors
{
    /// <summary>What can be written, for help and errors.</summary>
    public const string Known = "i3d:FILE, pytorch-i3d:FILE, puppet-i3d, puppet-i3d:FILE";

    /// <summary>Opens an extractor.</summary>
    /// <param name="what"><c>kind:FILE</c>, or <c>puppet-i3d</c> for the one that comes with the project: see <see cref="Known"/>. <c>i3d</c> takes programs of TorchScript, too.</param>
    /// <param name="device">What computes: <see cref="ComputeDevice.Known"/>.</param>
    /// <exception cref="MetricException">No such kind, or no file is named.</exception>
    /// <exception cref="Checkpoints.CheckpointException">The file is missing, damaged or something else.</exception>
    /// <exception cref="LeoException">There is no such device.</exception>
    public static IVideoExtractor Open(string what, string device = ComputeDevice.Auto)
    {
        var where = ComputeDevice.Find(device);
        var extractor = Open(what);
        extractor.MoveTo(where);
        return extractor;
    }

    private static IVideoExtractor Open(string what)
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

/// <summary>A network that turns a clip into one row of numbers.</summary>
public interface IVideoExtractor : IDisposable
{
    /// <summary>What stands beside every number that is made with it.</summary>
    string Name { get; }

    /// <summary>Hash of the weights: sets made with different ones cannot be compared.</summary>
    string Weights { get; }

    /// <summary>Frames that a clip has at least.</summary>
    int LeastFrames { get; }

    /// <summary>Moves the network; features come back to the CPU.</summary>
    /// <param name="device">Where to.</param>
    void MoveTo(Device device);

    /// <summary>The features of one clip.</summary>
    /// <param name="frames">[T, 3, H, W], values 0 to 255.</param>
    /// <param name="resize">How frames are brought to the network's size.</param>
    /// <returns>[1, D].</returns>
    Tensor Features(Tensor frames, ClipResize resize);
}

/// <summary>A network that says who is in a frame, as one row of numbers.</summary>
public interface IFrameExtractor : IDisposable
{
    /// <summary>What stands beside every number that is made with it.</summary>
    string Name { get; }

    /// <summary>Hash of the weights: sets made with different ones cannot be compared.</summary>
    string Weights { get; }

    /// <summary>Moves the network, where there is one; features come back to the CPU.</summary>
    /// <param name="device">Where to.</param>
    void MoveTo(Device device);

    /// <summary>The features of frames.</summary>
    /// <param name="frames">[T, 3, H, W], values 0 to 255.</param>
    /// <returns>For each frame [D], or null where nobody was found.</returns>
    IReadOnlyList<Tensor?> Features(Tensor frames);
}

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
