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
    /// <returns>[count, frames, 20]: absolute codes for the generator.</returns>
    /// <exception cref="LeoException">A model without Linear Motion Condition is asked for more frames than it makes.</exception>
    public static Tensor Codes(ImageAnimator animator, MotionModel motion, StartCodeModel? startCodes, Tensor sources, SampleRequest request, Action<long, long>? progress = null)
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

        // The first sequence gives L frames, every further one L − 1, for its first frame is the last one again.
        long sequences = request.Frames <= length ? 1 : 1 + (request.Frames - length + length - 2) / (length - 1);
        long perSequence = request.Sampler.Steps ?? motion.Settings.Diffusion.Steps, done = 0;
        return new MotionSampler(motion, request.Sampler)
            .Sample(alpha1, request.Frames, seeds, _ => progress?.Invoke(++done, perSequence * sequences))
            .MoveToOuterDisposeScope();
    }
}
