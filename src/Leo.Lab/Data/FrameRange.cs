using System.Globalization;
using static TorchSharp.torch;

namespace Leo.Lab.Data;

/// <summary>Tells frames in another range than [-1, 1] by their values.</summary>
public static class FrameRange
{
    // Below a pair of levels of 256 nothing can be told from black.
    private const float Black = 2f / 255;

    // Filters that sharpen pass the ends of a range by this much. Frames in [-1, 1] without anything darker hardly exist.
    private const float Undershoot = -0.1f;

    // A network's own output passes 1 a little; frames normalised by mean and deviation far, and levels farther.
    private const float Most = 1.5f;
    internal const float Largest = 8;

    /// <summary>Why frames that come as numbers cannot be in [-1, 1], and what to do; null where they can.</summary>
    /// <param name="frames">[T, …].</param>
    internal static (string Problem, string Advice)? Fault(Tensor frames)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        if (frames.numel() == 0)
        {
            return ("there are none", "Give at least one frame");
        }
        if (frames.is_complex())
        {
            return ("they are complex numbers, while frames are floats in [-1, 1]", "Give their real part");
        }
        if (!frames.is_floating_point())
        {
            // Levels, whatever their values: a dark video has none above 1 either.
            bool deep = frames.dtype is not (ScalarType.Byte or ScalarType.Bool) && frames.to(ScalarType.Float32).max().item<float>() > 255;
            return ($"they are whole numbers ({frames.dtype}), while frames are floats in [-1, 1]", frames.dtype == ScalarType.Bool ? "Convert them: frames.float() * 2 - 1" : $"Convert them: frames.float() / {(deep ? "32767.5" : "127.5")} - 1");
        }
        var wrong = frames.isfinite().logical_not();
        long count = wrong.sum().item<long>();
        if (count > 0)
        {
            long first = frames.dim() < 4 ? 0 : wrong.flatten(1).any(1).to(ScalarType.Byte).argmax().item<long>();
            return ($"{count} of {frames.numel()} values {(count == 1 ? "is no finite number" : "are no finite numbers")}, first in frame {first}", "Find out where they come from, or leave the frame out");
        }
        float least = frames.min().to(ScalarType.Float32).item<float>(), most = frames.max().to(ScalarType.Float32).item<float>();
        if (most <= Largest && least >= -Largest)
        {
            return null;
        }
        return ($"values reach {Text(MathF.Max(most, -least))}, while frames are floats in [-1, 1]", least < -Largest ? $"Scale them: value / {Text(MathF.Max(most, -least))}" : most > 300 ? "Scale them: value / 32767.5 - 1" : "Scale them: value / 127.5 - 1");
    }

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
        if (Fault(frames) is { } fault)
        {
            return $"{subject}: {fault.Problem}; {char.ToLowerInvariant(fault.Advice[0])}{fault.Advice[1..]}";
        }
        float least = frames.min().to(ScalarType.Float32).item<float>(), most = frames.max().to(ScalarType.Float32).item<float>();
        if (most > Most || least < -Most)
        {
            return $"{subject}: values from {Text(least)} to {Text(most)}, while frames are in [-1, 1], and what is beyond is cut off; {(least < 0 ? "if they were normalised by a mean and a deviation, undo that first" : "if they are levels from 0 to 255 of a dark video, rescale them: frames / 127.5 - 1")}";
        }
        if (least < Undershoot)
        {
            return null;
        }
        return most > Black ? $"{subject}: {(least >= 0 ? "no value is below 0" : $"no value is below {Text(least)}")}, while frames are in [-1, 1]; if these are in [0, 1], rescale them: frames * 2 - 1"
            : least >= 0 ? $"{subject}: all values are 0, which is grey where frames are in [-1, 1]; if black is meant, it is -1 (from [0, 1]: frames * 2 - 1)"
            : null;
    }

    private static string Text(float value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
