using Leo.Lab.Data;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>Videos that training does not see. The first frame is the source, the others are driving frames.</summary>
/// <param name="Clips">Each [T, 3, S, S] in [-1, 1] with T ≥ 2; taken over.</param>
public sealed record HeldOutClips(IReadOnlyList<Tensor> Clips) : IDisposable
{
    /// <summary>Some videos of a store and some frames of each, spread evenly so that a few tell about all.</summary>
    /// <param name="store">The videos.</param>
    /// <param name="videos">The most videos.</param>
    /// <param name="frames">The most frames of each.</param>
    public static HeldOutClips Of(ClipStore store, int videos, int frames)
    {
        int count = Math.Min(videos, store.Count);
        var clips = new List<Tensor>();
        for (int i = 0; i < count; i++)
        {
            int video = (int)((long)i * store.Count / count);
            int stride = Math.Max(1, (store.FrameCount(video) - 1) / Math.Max(1, frames - 1));
            int length = Math.Min(frames, (store.FrameCount(video) + stride - 1) / stride);
            if (length >= 2)
                clips.Add(store.Clip(video, 0, length, stride).DetachFromDisposeScope());
        }
        return new HeldOutClips(clips);
    }

    /// <summary>Frees the clips.</summary>
    public void Dispose()
    {
        foreach (var clip in Clips) clip.Dispose();
    }
}
