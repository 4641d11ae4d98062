using Leo.Lab.Animator;
using Leo.Lab.Motion;
using Leo.Lab.StartFrames;

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

    /// <summary>The Transition DM, where there is one.</summary>
    public TransitionModel? Transition { get; private init; }

    /// <summary>The model of starting frames, where there is one.</summary>
    public StartFrameModel? StartFrames { get; private init; }

    /// <summary>What is not known of whether the parts fit together, a line each.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>Loads the parts and checks that they fit together.</summary>
    /// <param name="paths">Checkpoints or run folders.</param>
    /// <exception cref="LeoException">One is missing or broken, or the parts were not made for each other.</exception>
    public static ModelSet Load(ModelPaths paths)
    {
        ImageAnimator? animator = null;
        MotionModel? motion = null;
        StartCodeModel? startCodes = null;
        TransitionModel? transition = null;
        StartFrameModel? startFrames = null;
        try
        {
            animator = ImageAnimator.Load(paths.Animator);
            motion = MotionModel.Load(paths.Motion);
            startCodes = paths.StartCodes is null ? null : StartCodeModel.Load(paths.StartCodes);
            transition = paths.Transition is null ? null : TransitionModel.Load(paths.Transition);
            startFrames = paths.StartFrame is null ? null : StartFrameModel.Load(paths.StartFrame);
            var notes = new List<string>();
            string fingerprint = AnimatorFingerprint.Of(animator);
            Require(paths.Motion, motion.Settings.Dim, motion);
            Require(paths.StartCodes, startCodes?.Settings.Dim, startCodes);
            Require(paths.Transition, transition?.Settings.Dim, transition);
            Require(paths.StartFrame, startFrames?.Settings.Dim, startFrames);
            return new ModelSet(animator, motion, startCodes)
            {
                PerceptualTerm = AnimatorProvenance.PerceptualTerm(paths.Animator),
                Transition = transition,
                StartFrames = startFrames,
                Notes = notes,
            };

            void Require(string? path, int? dim, DiffusionModel? model)
            {
                if (path is null || model is null) return;
                if (dim != animator.Settings.MotionDim)
                    throw new LeoException(path, $"its codes have {dim} numbers, those of {paths.Animator} {animator.Settings.MotionDim}", "Give a model trained on this animator's codes");
                if (AnimatorFingerprint.Require(fingerprint, paths.Animator, model.Animator, path) is { } note)
                    notes.Add(note);
            }
        }
        catch
        {
            animator?.Dispose();
            motion?.Dispose();
            startCodes?.Dispose();
            transition?.Dispose();
            startFrames?.Dispose();
            throw;
        }
    }

    /// <summary>Disposes the parts.</summary>
    public void Dispose()
    {
        Animator.Dispose();
        Motion.Dispose();
        StartCodes?.Dispose();
        Transition?.Dispose();
        StartFrames?.Dispose();
    }
}
