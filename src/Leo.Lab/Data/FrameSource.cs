using System.Globalization;
using Leo.Lab.Checkpoints;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Data;

/// <summary>Loads frames from wherever a command takes them: a picture, a video, a folder of frames, or a .safetensors file.</summary>
public static class FrameSource
{
    /// <summary>Name of the tensor that holds frames in a .safetensors file.</summary>
    public const string TensorName = "frames";

    /// <summary>Loads all frames at the model's size.</summary>
    /// <param name="path">
    /// A picture or video (short side resized to <paramref name="size"/>, centre cropped), or a .safetensors file whose tensor
    /// <c>frames</c> is [T, 3, S, S] (or [3, S, S]) in [-1, 1] with S = <paramref name="size"/> already.
    /// </param>
    /// <param name="size">S, in pixels.</param>
    /// <exception cref="MediaException">The file is missing, damaged, or nothing that can be read.</exception>
    /// <exception cref="CheckpointException">The .safetensors file is damaged.</exception>
    /// <exception cref="DataException">The frames are smaller than the model, of another shape, or not in [-1, 1].</exception>
    public static Frames Load(string path, int size)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (IsTensorFile(path))
            return LoadTensor(path, size);

        using var stream = FrameStream.Open(path, new VideoReadOptions { Size = size });
        if (Math.Min(stream.Source.Width, stream.Source.Height) < size)
            throw DataException.TooSmall(path, stream.Source.Width, stream.Source.Height, size);
        var video = stream.ReadAll();
        return new Frames(FrameTensors.FromVideo(video), video.FramesPerSecond, path);
    }

    /// <summary>True for names that end in .safetensors.</summary>
    public static bool IsTensorFile(string path) => Path.GetExtension(path).Equals(".safetensors", StringComparison.OrdinalIgnoreCase);

    private static Frames LoadTensor(string path, int size)
    {
        using var file = SafetensorsFile.Open(path);
        if (!file.Contains(TensorName))
            throw new DataException(path, $"holds no tensor '{TensorName}' but {string.Join(", ", file.Names.Take(5))}", "Name the frames' tensor so");
        var shape = file.Shape(TensorName);
        if (shape.Count is not (3 or 4) || shape[^3] != 3 || shape.Count == 4 && shape[0] < 1)
            throw new DataException(path, $"'{TensorName}' is [{string.Join(", ", shape)}]", "Give [T, 3, H, W] with at least one frame");
        if (shape[^1] != size || shape[^2] != size)
            throw new DataException(path, $"frames of {shape[^1]}×{shape[^2]}, while the model takes {size}×{size}", "Resize them, or use a model of their size");

        using var scope = NewDisposeScope();
        var read = file.Read(TensorName);
        if (FrameRange.Fault(read) is { } fault)
            throw new DataException(path, fault.Problem, fault.Advice);
        var frames = read.to(ScalarType.Float32);
        if (frames.dim() == 3)
            frames = frames.unsqueeze(0);
        return new Frames(frames.contiguous().MoveToOuterDisposeScope(), Rate(file), path) { Note = FrameRange.Note(frames, path) };
    }

    private static double Rate(SafetensorsFile file) =>
        file.Metadata.TryGetValue(FrameSink.RateKey, out string? text)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate is > 0 and <= 1000 ? rate : 25;
}

/// <summary>Frames ready for a network, and where they come from.</summary>
/// <param name="Tensor">[T, 3, S, S] float32 in [-1, 1], T ≥ 1. Owned by whoever loaded them.</param>
/// <param name="FramesPerSecond">Rate; 25 where the source has none.</param>
/// <param name="Path">The file or folder.</param>
public sealed record Frames(Tensor Tensor, double FramesPerSecond, string Path) : IDisposable
{
    /// <summary>What looks wrong with the range of frames that came as numbers, and how to rescale them (<see cref="FrameRange"/>); null where nothing does.</summary>
    public string? Note { get; init; }

    /// <summary>Frees the tensor.</summary>
    public void Dispose() => Tensor.Dispose();
}

/// <summary>Saves frames as a video, a picture, numbered pictures, or exactly, as float tensors.</summary>
public static class FrameSink
{
    /// <summary>Key of the frame rate among the strings of a .safetensors file.</summary>
    internal const string RateKey = "fps";

    /// <summary>Saves frames in the format that the extension names.</summary>
    /// <param name="path">
    /// .safetensors: <c>frames</c> and the extras, float32, unclamped. .mp4, .mov, .mkv, .webm, .gif: a video. .png, .jpg, .bmp, .webp:
    /// one picture. A folder or <c>folder/%05d.png</c>: a picture a frame.
    /// </param>
    /// <param name="frames">[T, 3, H, W] in [-1, 1].</param>
    /// <param name="fps">Frames a second.</param>
    /// <param name="extras">More tensors (<c>codes</c>, <c>flow</c>, <c>mask</c>) for .safetensors; videos have no place for them.</param>
    /// <param name="sound">
    /// A video file whose sound is put under a video (.mp4, .m4v, .mov, .mkv, .webm), from its first picture on and as long as the new one.
    /// Null leaves it out, as do files and formats without sound.
    /// </param>
    /// <exception cref="MediaException">Unknown extension, several frames for one picture, or the file cannot be written.</exception>
    /// <exception cref="FileWriteException">The .safetensors file cannot be written.</exception>
    /// <exception cref="ArgumentException">Frames of another shape.</exception>
    public static void Save(string path, Tensor frames, double fps, IReadOnlyDictionary<string, Tensor>? extras = null, string? sound = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FrameTensors.CheckShape(frames);
        if (FrameSource.IsTensorFile(path))
            SaveTensors(path, frames, fps, extras);
        else if (MediaKind.IsPicture(path) && !VideoWriter.IsNumbered(path))
            SavePicture(path, frames);
        else
            SoundTrack.Under(path, sound, frames.shape[0] / fps, file => VideoWriter.WriteAll(file, FrameTensors.ToVideo(frames, fps)));
    }

    private static void SavePicture(string path, Tensor frames)
    {
        if (frames.shape[0] != 1)
            throw new MediaException(path, $"{frames.shape[0]} frames do not fit into one picture", "Use .mp4, .gif, or numbered pictures like frames/%05d.png");
        ImageFile.Write(path, FrameTensors.ToImage(frames));
    }

    private static void SaveTensors(string path, Tensor frames, double fps, IReadOnlyDictionary<string, Tensor>? extras)
    {
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        var tensors = new Dictionary<string, Tensor> { [FrameSource.TensorName] = frames.detach().to(ScalarType.Float32) };
        foreach (var (name, tensor) in extras ?? new Dictionary<string, Tensor>())
            tensors[name] = tensor.detach().to(ScalarType.Float32);
        Safetensors.Write(path, tensors, new Dictionary<string, string> { [RateKey] = fps.ToString("R", CultureInfo.InvariantCulture) });
    }
}
