using System.Globalization;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Data;

/// <summary>Tells frames in another range than [-1, 1] by their values.</summary>
public static class FrameRange
{
    // Below a pair of levels of 256 nothing can be told from black.
    private const float Black = 2f / 255;

    /// <summary>What looks wrong with the range of frames that come as numbers; null where nothing does.</summary>
    /// <param name="frames">Frames of any shape that should be in [-1, 1].</param>
    /// <param name="subject">Where they are from.</param>
    /// <returns>A note that says how to rescale them. Very bright frames may be right all the same.</returns>
    public static string? Note(Tensor frames, string subject)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.numel() == 0)
        {
            return null;
        }
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        float least = frames.min().to(ScalarType.Float32).item<float>(), most = frames.max().to(ScalarType.Float32).item<float>();
        // Also false where a value is not a number.
        if (!(least >= 0))
        {
            return null;
        }
        return most > 8 ? $"{subject}: values reach {most.ToString("0.#", CultureInfo.InvariantCulture)} and none is below 0, while frames are in [-1, 1]; if they are levels from 0 to 255, rescale them: frames / 127.5 - 1"
            : most > Black ? $"{subject}: no value is below 0, while frames are in [-1, 1]; if these are in [0, 1], rescale them: frames * 2 - 1"
            : null;
    }

    /// <summary>As <see cref="Note(Tensor, string)"/>, of the frames in a file of tensors; null for pictures and videos, whose range is known.</summary>
    /// <param name="path">Any input of frames.</param>
    /// <exception cref="CheckpointException">The file is damaged.</exception>
    public static string? Note(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!FrameSource.IsTensorFile(path))
        {
            return null;
        }
        using var file = SafetensorsFile.Open(path);
        if (!file.CanRead(FrameSource.TensorName))
        {
            return null;
        }
        using var frames = file.Read(FrameSource.TensorName);
        return Note(frames, path);
    }
}
