using Leo.Lab.Animator;
using Leo.Lab.Diffusion;
using Leo.Lab.Motion;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>Samples motion for given people (LEO §3.2): α₁ from the source image or from p(α), the rest from the cLMDM.</summary>
public static class VideoSampling
{
    /// <summary>Codes of new videos.</summary>
    /// <param name="animator">Encodes the sources; in evaluation mode.</param>
    /// <param name="motion">The motion model.</param>
    /// <param name="startCodes">Where α₁ comes from; null takes the source's own, α₁ = E(x₁).</param>
    /// <param name="sources">[1, 3, S, S] for all videos, or one for each, in [-1, 1].</param>
    /// <param name="request">How many, how long, how.</param>
    /// <param name="progress">Told the denoising steps done and in all. <value>Default nobody.</value></param>
    /// <param name="transitions">Where long motion changes its pattern (LEO §6). <value>Default never.</value></param>
    /// <returns>[count, frames, 20]: absolute codes for the generator.</returns>
    /// <exception cref="LeoException">A model without Linear Motion Condition is asked for more frames than it makes.</exception>
    public static Tensor Codes(ImageAnimator animator, MotionModel motion, StartCodeModel? startCodes, Tensor sources, SampleRequest request, Action<long, long>? progress = null,
        Transitions? transitions = null)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var seeds = request.Seeds;
        Tensor? alpha1 = null;
        if (motion is ConditionalMotionModel)
        {
            alpha1 = startCodes is null
                ? animator.MotionCode(sources).expand(request.Count, -1)
                : startCodes.Sample(seeds, request.Sampler);
        }

        int length = motion.Settings.Length;
        if (alpha1 is null && request.Frames > length)
        {
            throw new LeoException("--frames", $"a motion model without Linear Motion Condition makes {length} frames at most, not {request.Frames}",
                "Ask for fewer frames, or give a model with the condition");
        }

        var sampler = new MotionSampler(motion, request.Sampler, transitions);
        long all = sampler.Steps(request.Frames), done = 0;
        return sampler.Sample(alpha1, request.Frames, seeds, _ => progress?.Invoke(++done, all)).MoveToOuterDisposeScope();
    }
}
