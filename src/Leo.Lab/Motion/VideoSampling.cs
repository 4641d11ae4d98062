using Leo.Lab.Animator;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Samples motion for given people (LEO §3.2): α₁ from the source image or from p(α), the rest from the cLMDM.</summary>
public static class VideoSampling
{
    /// <summary>First codes of new videos.</summary>
    /// <param name="animator">Encodes the sources; in evaluation mode.</param>
    /// <param name="startCodes">Where α₁ comes from; null takes the source's own, α₁ = E(x₁).</param>
    /// <param name="sources">[1, 3, S, S] for all videos, or one for each, in [-1, 1].</param>
    /// <param name="request">How many, and how.</param>
    /// <returns>[count, 20].</returns>
    public static Tensor FirstCodes(ImageAnimator animator, StartCodeModel? startCodes, Tensor sources, SampleRequest request)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var codes = startCodes is null ? animator.MotionCode(sources).expand(request.Count, -1) : startCodes.Sample(request.Seeds, request.Sampler);
        return codes.MoveToOuterDisposeScope();
    }

    /// <summary>Codes of new videos.</summary>
    /// <param name="motion">The motion model.</param>
    /// <param name="alpha1">First codes [count, 20]; a model without Linear Motion Condition does not look at them.</param>
    /// <param name="request">How many, how long, how.</param>
    /// <param name="progress">Told the denoising steps done and in all. <value>Default null.</value></param>
    /// <param name="transitions">Where long motion changes its pattern (LEO §6). <value>Default never.</value></param>
    /// <returns>[count, frames, 20]: absolute codes for the generator.</returns>
    /// <exception cref="LeoException">A model without Linear Motion Condition is asked for more frames than it makes.</exception>
    public static Tensor Codes(MotionModel motion, Tensor alpha1, SampleRequest request, Action<long, long>? progress = null, Transitions? transitions = null)
    {
        RequireLength(motion, request);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var sampler = new MotionSampler(motion, request.Sampler, transitions);
        long all = sampler.Steps(request.Frames), done = 0;
        return sampler.Sample(motion is ConditionalMotionModel ? alpha1 : null, request.Frames, request.Seeds, _ => progress?.Invoke(++done, all)).cpu().MoveToOuterDisposeScope();
    }

    /// <summary>Codes of one new video, made while they are used: any number of frames in the memory of one sequence. The same codes as <see cref="Codes"/>.</summary>
    /// <param name="motion">The motion model.</param>
    /// <param name="alpha1">First code [1, 20].</param>
    /// <param name="request">How many frames, how; one video.</param>
    /// <param name="transitions">Where the motion changes its pattern. <value>Default never.</value></param>
    /// <returns>α [1, 20] for each frame; the caller disposes of each.</returns>
    /// <exception cref="LeoException">As <see cref="Codes"/>.</exception>
    public static IEnumerable<Tensor> Stream(MotionModel motion, Tensor alpha1, SampleRequest request, Transitions? transitions = null)
    {
        RequireLength(motion, request);
        return new MotionSampler(motion, request.Sampler, transitions).Stream(motion is ConditionalMotionModel ? alpha1 : null, request.Seeds).Take(request.Frames);
    }

    private static void RequireLength(MotionModel motion, SampleRequest request)
    {
        int length = motion.Settings.Length;
        if (motion is not ConditionalMotionModel && request.Frames > length)
        {
            throw new LeoException("--frames", $"a motion model without Linear Motion Condition makes {length} frames at most, not {request.Frames}",
                "Ask for fewer frames, or give a model with the condition");
        }
    }
}
