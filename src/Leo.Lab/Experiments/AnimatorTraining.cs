using Leo.Lab.Animator;
using Leo.Lab.Data;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>Sets the first phase up on stored videos.</summary>
public static class AnimatorTraining
{
    /// <summary>The task of training an animator.</summary>
    /// <param name="settings">All settings.</param>
    /// <param name="train">Videos to learn from, at the animator's size; stays the caller's and open until the task is disposed.</param>
    /// <param name="heldOut">Videos for validation and samples; only read here.</param>
    public static AnimatorTask Create(AnimatorRecipe settings, ClipStore train, ClipStore heldOut) =>
        new(settings, Pairs(settings, train), HeldOut(settings, heldOut));

    /// <summary>The pairs that such a task draws.</summary>
    internal static StoredFramePairs Pairs(AnimatorRecipe settings, ClipStore train) =>
        new(train, settings.Training.BatchSize, settings.Training.Seed, settings.Pairs);

    // Videos and frames spread evenly, so that a few tell about all.
    private static HeldOutClips HeldOut(AnimatorRecipe settings, ClipStore store)
    {
        int count = Math.Min(settings.ValidationVideos, store.Count);
        var clips = new List<Tensor>();
        for (int i = 0; i < count; i++)
        {
            int video = (int)((long)i * store.Count / count);
            int stride = Math.Max(1, (store.FrameCount(video) - 1) / Math.Max(1, settings.ValidationFrames - 1));
            int length = Math.Min(settings.ValidationFrames, (store.FrameCount(video) + stride - 1) / stride);
            if (length >= 2)
                clips.Add(store.Clip(video, 0, length, stride).DetachFromDisposeScope());
        }
        return new HeldOutClips(clips);
    }
}
