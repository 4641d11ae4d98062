using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Motion;
using Leo.Lab.StartFrames;

namespace Leo.Lab.Experiments;

/// <summary>Sets the training of starting frames up on stored videos (LEO §3.3, Option 2).</summary>
public static class StartFrameTraining
{
    private const int Videos = 64, FramesOfEach = 8;

    /// <summary>A model with fresh weights for an animator and its videos; the codes' units come from frames spread over them.</summary>
    /// <param name="settings">All settings.</param>
    /// <param name="animator">In evaluation mode.</param>
    /// <param name="train">Videos to learn from, at the animator's size.</param>
    /// <exception cref="LeoException">Animator and settings are of different sizes.</exception>
    public static StartFrameModel Model(StartFrameRunSettings settings, ImageAnimator animator, ClipStore train)
    {
        if (settings.StartFrame.Size != animator.Settings.Size)
        {
            throw new LeoException("start-frame settings", $"Size is {settings.StartFrame.Size}, the animator's frames have {animator.Settings.Size}",
                $"Set startFrame.size={animator.Settings.Size}, or choose the preset of the animator");
        }

        var codes = new List<CodeSequence>();
        int count = Math.Min(Videos, train.Count);
        for (int i = 0; i < count; i++)
        {
            int video = (int)((long)i * train.Count / count);
            using var some = CodeExtraction.OfVideo(animator, train, video, Math.Max(1, train.FrameCount(video) / FramesOfEach));
            codes.Add(CodeSequence.From($"{video}", some));
        }

        var units = CodeNormalizer.ForCodes(new CodeSequences(codes, train.FramesPerSecond(0), ""));
        return new StartFrameModel(settings.StartFrame with { Dim = animator.Settings.MotionDim }, units, settings.Training.Seed);
    }
}
