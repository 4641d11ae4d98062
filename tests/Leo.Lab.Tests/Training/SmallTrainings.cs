using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Diffusion;
using Leo.Lab.Media;
using Leo.Lab.Experiments.Extractor;
using Leo.Lab.Metrics.I3d;
using Leo.Lab.Motion;
using Leo.Lab.Motion.Recurrent;
using Leo.Lab.Perceptual;
using Leo.Lab.StartFrames;
using Leo.Lab.Tests.Animator;
using Leo.Lab.Tests.Motion;
using Leo.Lab.Training;

namespace Leo.Lab.Tests.Training;

/// <summary>Every model that <c>leo train</c> knows, as small as it can be: made anew as a new process makes it.</summary>
internal sealed class SmallTrainings : IDisposable
{
    internal static readonly string[] Names =
        ["animator", "animator-gan", "clmdm", "lmdm", "start-code", "transition", "recurrent", "start-frame", "perceptual", "extractor", "toy"];

    private static readonly UNetSettings Network = new() { BaseChannels = 8, ChannelMult = [1, 2], AttentionRates = [], Heads = 2, NormGroups = 4 };

    private static readonly AnimatorSettings Animator = new() { Size = 16, StyleDim = 8, MotionDim = 4, Channels = [4, 4, 4] };

    private readonly TempFolder _folder = new();
    private readonly Lazy<ClipStore> _clips;

    internal SmallTrainings() => _clips = new(() =>
    {
        foreach (int video in Enumerable.Range(0, 2))
        {
            foreach (int frame in Enumerable.Range(0, 3))
                ImageFile.Write(_folder[$"videos/{video}/{frame}.png"], new Image(16, 16, [.. Enumerable.Range(0, 16 * 16 * 3).Select(i => (byte)((i * (7 + video)) + (frame * 31)))]));
        }
        return ClipStore.Open([_folder["videos/0"], _folder["videos/1"]], 16, _folder["cache"]);
    });

    /// <summary>With everything that a step can change: schedule, several averages, clipping, micro-steps.</summary>
    internal static TrainingSettings Settings(int steps) => new()
    {
        Steps = steps,
        BatchSize = 2,
        Accumulate = 2,
        LearningRate = 3e-3,
        Schedule = LearningRateSchedule.Cosine,
        WarmupSteps = 3,
        ClipGradNorm = 1,
        EmaRates = [0.9, 0.99],
        LogEvery = 3,
        CheckpointEvery = 2,
        CheckpointEveryMinutes = 0,
        KeepCheckpoints = 2,
        Seed = 5,
    };

    /// <summary>The task, and what has to be disposed of after it.</summary>
    internal (TrainingTask Task, IDisposable? Model) Make(string name, TrainingSettings training)
    {
        var codes = ToyCodes.Make();
        switch (name)
        {
            case "animator":
                var pairs = new FramePairOptions { Flip = true, Jitter = 0.2 }; // read ahead, on a thread of their own
                return (new AnimatorTask(new AnimatorRecipe { Animator = Animator, Training = training, Pairs = pairs }, _clips.Value, _clips.Value), null);
            case "animator-gan":
                var gan = new AnimatorRecipe { Animator = Animator, Training = training, AdversarialWeight = 0.1, AdversarialStart = 3, R1Weight = 1, R1Every = 2 };
                return (new AnimatorTask(gan, new MovingSquare(seed: 3), MovingSquare.HeldOut()), null);
            case "clmdm" or "lmdm":
                var motion = new MotionSettings
                {
                    Length = 16,
                    Dim = 4,
                    Network = Network,
                    LinearMotionCondition = name == "clmdm",
                    Diffusion = MotionSettings.Tiny.Diffusion with { Steps = 50, StepSampling = name == "lmdm" ? StepSamplingKind.LossSecondMoment : StepSamplingKind.Uniform },
                };
                return (new MotionTask(new MotionRecipe { Motion = motion, Training = training, Reverse = true, StartShift = 0.5 }, codes), null);
            case "start-code":
                return (new StartCodeTask(new StartCodeRecipe { StartCode = new StartCodeSettings { Width = 8, Blocks = 1 }, Training = training }, codes), null);
            case "transition":
                return (new TransitionTask(new TransitionRecipe { Transition = new TransitionSettings { Length = 16, Network = Network }, Training = training }, codes), null);
            case "recurrent":
                return (new RecurrentTask(new RecurrentRecipe { Recurrent = new RecurrentSettings { Length = 16, Width = 8 }, Training = training }, codes), null);
            case "start-frame":
                var animator = new ImageAnimator(Animator, Seeds.Generator(1, "a"));
                var frames = new StartFrameSettings { Size = 16, Diffusion = StartFrameSettings.Tiny.Diffusion with { Steps = 50 }, Network = Network };
                return (new StartFrameTask(new StartFrameRecipe { StartFrame = frames, Training = training }, animator, _clips.Value, _clips.Value, new CodeNormalizer([0, 0, 0, 0], [1, 1, 1, 1])), animator);
            case "perceptual":
                return (new PerceptualTask(new PerceptualRecipe { Features = new PuppetFeaturesSettings { Channels = [4, 8] }, Training = training, People = 3, HeldOutPeople = 2, Pictures = 2, Size = 32 }), null);
            case "extractor":
                return (new ExtractorTask(new ExtractorRecipe { Network = new PuppetI3dSettings { Channels = [4, 8], Width = 8 }, Training = training, People = 3, HeldOutPeople = 2, VideoFrames = 10, Frames = 5, Strides = [1, 2] }), null);
            default:
                return (new ToyTask(), null);
        }
    }

    public void Dispose()
    {
        if (_clips.IsValueCreated) _clips.Value.Dispose();
        _folder.Dispose();
    }
}
