using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Display;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>One picture to judge an animator by, beside its numbers: rebuilt frames, and motion put on others with what is true.</summary>
/// <param name="animator">In evaluation mode.</param>
public sealed class AnimatorSheet(ImageAnimator animator)
{
    private readonly List<IReadOnlyList<SheetCell>> _rows = [];
    private readonly AnimationPipeline _pipeline = new(animator);
    private int _pairs;

    /// <summary>Rows of each sort at most.</summary>
    /// <value>5</value>
    public int Most { get; init; } = 5;

    /// <summary>Adds a row for each of some videos, at the frame that differs most from the first.</summary>
    /// <param name="clips">Videos at the animator's size.</param>
    public void AddReconstructions(ClipStore clips)
    {
        int count = Math.Min(Most, clips.Count);
        for (int i = 0; i < count; i++)
        {
            int video = (int)((long)i * clips.Count / count);
            if (clips.FrameCount(video) < 2)
                continue;
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            int stride = Math.Max(1, clips.FrameCount(video) / 32);
            var frames = clips.Clip(video, 0, (clips.FrameCount(video) + stride - 1) / stride, stride);
            var source = frames.narrow(0, 0, 1);
            long far = (frames - source).abs().mean([1L, 2L, 3L]).argmax().item<long>();
            var driving = frames.narrow(0, far, 1);
            var made = _pipeline.Animate(source, driving);
            _rows.Add(
            [
                Cell($"source {Path.GetFileNameWithoutExtension(clips.Path(video))}", source), Cell($"driving, {far * stride}", driving),
                Cell("generated", made.Frames), Cell("difference × 2", (made.Frames.clamp(-1, 1) - driving).abs() * 2 - 1),
                Cell("flow", FlowPictures.Of(made.Flow)), Cell("mask", FlowPictures.OfMask(made.Mask)),
            ]);
        }
    }

    /// <summary>Adds a row for a pair of a pose transfer, while there is room.</summary>
    public void Add(PoseTransferPair pair)
    {
        if (_pairs++ >= Most)
            return;
        using var scope = NewDisposeScope();
        long t = (pair.Driving.shape[0] + 1) / 2;
        _rows.Add(
        [
            Cell("person", pair.Source), Cell("driver", pair.Driving.narrow(0, t, 1)), Cell("relative", pair.Relative.narrow(0, t, 1)),
            Cell("in truth", pair.RelativeTruth.narrow(0, t, 1)), Cell("absolute", pair.Absolute.narrow(0, t, 1)),
            Cell("in truth", pair.AbsoluteTruth.narrow(0, t, 1)),
        ]);
    }

    /// <summary>The sheet so far.</summary>
    /// <exception cref="ArgumentException">It has no row.</exception>
    public LabelledSheet Lay() => new(_rows, Math.Max(128, animator.Settings.Size));

    private static SheetCell Cell(string label, Tensor frame) => new(label, FrameTensors.ToVideo(frame.clamp(-1, 1), 25));
}
