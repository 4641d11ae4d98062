using System.Globalization;
using Leo.Lab.Checkpoints;
using Leo.Lab.Media;
using TorchSharp;
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
        var frames = file.Read(TensorName).to(ScalarType.Float32);
        if (frames.dim() == 3)
            frames = frames.unsqueeze(0);
        // A network's own output passes 1 a little; bytes and 16-bit levels pass it far.
        var largest = frames.abs().max().item<float>();
        if (!(largest <= 8))
            throw new DataException(path, $"values reach {largest.ToString(CultureInfo.InvariantCulture)}, while frames are floats in [-1, 1]", "Scale them: value / 127.5 - 1");
        return new Frames(frames.contiguous().MoveToOuterDisposeScope(), Rate(file), path);
    }

    private static double Rate(SafetensorsFile file) =>
        file.Metadata.TryGetValue(FrameSink.RateKey, out var text)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 1000 ? rate : 25;
}
