using Leo.Lab.Animator;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>Reconstruction of held-out videos: the first frame is the source, every later frame drives (LIA §4.1).</summary>
public static class ReconstructionEvaluation
{
    /// <summary>Reconstructs videos and judges every frame but the first, which is the source itself.</summary>
    /// <param name="animator">In evaluation mode.</param>
    /// <param name="videos">Name and frames of each, [T, 3, S, S] in [-1, 1]; videos of a single frame are left out. Tensors are disposed after use.</param>
    /// <param name="done">Called after each video with the number done. <value>Default none.</value></param>
    public static ReconstructionScore Score(ImageAnimator animator, IEnumerable<(string Name, Tensor Frames)> videos, Action<int>? done = null)
    {
        var meter = new ReconstructionMeter();
        var pipeline = new AnimationPipeline(animator);
        int count = 0;
        foreach (var (name, video) in videos)
        {
            using (video)
            using (NewDisposeScope())
            {
                long length = video.shape[0];
                if (length > 1)
                {
                    var source = video.narrow(0, 0, 1);
                    var made = pipeline.Animate(source, video).Frames;
                    meter.Add(name, source, made.narrow(0, 0, 1), video.narrow(0, 1, length - 1), made.narrow(0, 1, length - 1));
                }
            }
            done?.Invoke(++count);
        }
        return meter.Score();
    }
}
