using Leo.Lab.Animator;
using Leo.Lab.Motion;

namespace Leo.Lab.Experiments;

/// <summary>The trained parts of LEO that make videos of one kind.</summary>
public sealed class ModelSet : IDisposable
{
    private ModelSet(ImageAnimator animator, MotionModel motion, StartCodeModel? startCodes) =>
        (Animator, Motion, StartCodes) = (animator, motion, startCodes);

    /// <summary>The animator, in evaluation mode.</summary>
    public ImageAnimator Animator { get; }

    /// <summary>The perceptual term of the animator's training, in words.</summary>
    public string PerceptualTerm { get; private init; } = AnimatorProvenance.NotRecorded;

    /// <summary>The motion model.</summary>
    public MotionModel Motion { get; }

    /// <summary>The model of starting codes, where there is one.</summary>
    public StartCodeModel? StartCodes { get; }

    /// <summary>Loads the parts and checks that they fit together.</summary>
    /// <param name="paths">Checkpoints or run folders.</param>
    /// <exception cref="LeoException">One is missing or broken, or the parts were not made for each other.</exception>
    public static ModelSet Load(ModelPaths paths)
    {
        ImageAnimator? animator = null;
        MotionModel? motion = null;
        StartCodeModel? startCodes = null;
        try
        {
            animator = ImageAnimator.Load(paths.Animator);
            motion = MotionModel.Load(paths.Motion);
            startCodes = paths.StartCodes is null ? null : StartCodeModel.Load(paths.StartCodes);
            if (motion.Settings.Dim != animator.Settings.MotionDim)
            {
                throw new LeoException(paths.Motion, $"its codes have {motion.Settings.Dim} numbers, those of {paths.Animator} {animator.Settings.MotionDim}",
                    "Give a motion model trained on this animator's codes");
            }
            return new ModelSet(animator, motion, startCodes) { PerceptualTerm = AnimatorProvenance.PerceptualTerm(paths.Animator) };
        }
        catch
        {
            animator?.Dispose();
            motion?.Dispose();
            startCodes?.Dispose();
            throw;
        }
    }

    /// <summary>Disposes the parts.</summary>
    public void Dispose()
    {
        Animator.Dispose();
        Motion.Dispose();
        StartCodes?.Dispose();
    }
}
