using Leo.Lab.Data;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>One picture to judge an animator by: a row a video, source | driving | reconstruction | flow | mask.</summary>
public static class ContactSheet
{
    /// <summary>Writes the sheet as PNG, driving each clip's first frame by a later one.</summary>
    /// <param name="path">Target.</param>
    /// <param name="animator">The animator, in evaluation mode.</param>
    /// <param name="heldOut">The clips.</param>
    /// <param name="framesPerClip">Driving frames of each clip, so many rows.</param>
    public static void Write(string path, ImageAnimator animator, HeldOutClips heldOut, int framesPerClip = 2)
    {
        using var scope = NewDisposeScope();
        ImageFile.Write(path, FrameTensors.ToImage(Render(animator, heldOut, framesPerClip)));
    }

    /// <summary>The sheet, [3, rows·S, 5·S] in [-1, 1].</summary>
    public static Tensor Render(ImageAnimator animator, HeldOutClips heldOut, int framesPerClip = 2)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var pipeline = new AnimationPipeline(animator);
        var rows = new List<Tensor>();
        foreach (var clip in heldOut.Clips)
        {
            for (int i = 1; i <= framesPerClip; i++)
            {
                var source = clip.narrow(0, 0, 1);
                var driving = clip.narrow(0, (clip.shape[0] - 1) * i / framesPerClip, 1);
                var animation = pipeline.Animate(source, driving);
                rows.Add(cat([source, driving, animation.Frames.clamp(-1, 1), FlowPictures.Of(animation.Flow), FlowPictures.OfMask(animation.Mask)], 3));
            }
        }
        return cat(rows, 2).squeeze(0).MoveToOuterDisposeScope();
    }
}
