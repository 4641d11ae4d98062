using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Motion;
using Leo.Lab.StartFrames;

namespace Leo.Lab.Experiments;

/// <summary>Sets the training of starting frames up on stored videos (LEO §3.3, Option 2).</summary>
public static class StartFrameTraining
{
    private const int Videos = 64, FramesOfEach = 8;

    /// <summary>The task for an animator and its videos; the codes' units come from frames spread over them.</summary>
    /// <param name="recipe">What to train and how.</param>
    /// <param name="animator">In evaluation mode; stays the caller's, as the stores do.</param>
    /// <param name="train">Videos to learn from, at the animator's size.</param>
    /// <param name="heldOut">Videos for validation and samples; only read here.</param>
    /// <exception cref="LeoException">Animator and recipe are of different sizes.</exception>
    public static StartFrameTask Create(StartFrameRecipe recipe, ImageAnimator animator, ClipStore train, ClipStore heldOut)
    {
        StartFrameTask.Fitting(recipe, animator);
        var codes = new List<CodeSequence>();
        int count = Math.Min(Videos, train.Count);
        for (int i = 0; i < count; i++)
        {
            int video = (int)((long)i * train.Count / count);
            using var some = CodeExtraction.OfVideo(animator, train, video, Math.Max(1, train.FrameCount(video) / FramesOfEach));
            codes.Add(CodeSequence.From($"{video}", some));
        }

        var units = CodeNormalizer.ForCodes(new CodeSequences(codes, train.FramesPerSecond(0), ""));
        return new StartFrameTask(recipe, units, animator, train, heldOut);
    }
}
