using System.Globalization;
using Leo.Lab.Checkpoints;
using Leo.Lab.Media;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Data;

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
    /// <exception cref="MediaException">Unknown extension, several frames for one picture, or the file cannot be written.</exception>
    /// <exception cref="FileWriteException">The .safetensors file cannot be written.</exception>
    /// <exception cref="ArgumentException">Frames of another shape.</exception>
    public static void Save(string path, Tensor frames, double fps, IReadOnlyDictionary<string, Tensor>? extras = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FrameTensors.CheckShape(frames);
        if (FrameSource.IsTensorFile(path))
            SaveTensors(path, frames, fps, extras);
        else if (MediaKind.IsPicture(path) && !VideoWriter.IsNumbered(path))
            SavePicture(path, frames);
        else
            VideoWriter.WriteAll(path, FrameTensors.ToVideo(frames, fps));
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
