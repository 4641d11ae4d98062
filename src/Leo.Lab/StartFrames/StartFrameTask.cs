using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Diffusion;
using Leo.Lab.Distributed;
using Leo.Lab.Media;
using Leo.Lab.Motion;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.StartFrames;

/// <summary>Trains p(x₁ | α₁) on frames of videos and the codes that the frozen animator gives them (LEO §3.3, Option 2).</summary>
public sealed class StartFrameTask : ModelTask
{
    private const int Shown = 8, UnitVideos = 64, UnitFrames = 8;

    private readonly FrameBatches _frames;

    /// <summary>Makes a model and binds it to an animator, which stays the caller's as the stores do but moves to the recipe's device, and to the data.</summary>
    /// <param name="recipe">What to train and how; the animator's motion dimension takes the place of the recipe's.</param>
    /// <param name="animator">Gives every frame its code; in evaluation mode.</param>
    /// <param name="train">Videos to learn from.</param>
    /// <param name="heldOut">Videos for validation; only read here.</param>
    /// <param name="units">The codes' units; null takes them from frames spread over the videos (<see cref="CodeNormalizer.ForCodes"/>).</param>
    /// <exception cref="SettingsException">The recipe is at fault.</exception>
    /// <exception cref="LeoException">Animator and recipe are of different sizes.</exception>
    public StartFrameTask(StartFrameRecipe recipe, ImageAnimator animator, ClipStore train, ClipStore heldOut, CodeNormalizer? units = null)
        : this(Fitting(recipe, animator), new FrameBatches(Moved(animator, recipe), ComputeDevice.Find(recipe.Training.Device), train, heldOut), new StartFrameModel(Fitting(recipe, animator).StartFrame, units ?? Units(animator, train), recipe.Training.Seed))
    {
    }

    private StartFrameTask(StartFrameRecipe recipe, FrameBatches frames, StartFrameModel model)
        : base(recipe, model, owned: true, frames, new DenoisingObjective(model, recipe.Training.Seed)) => (_frames, Frames) = (frames, model);

    /// <summary>The model in training.</summary>
    public StartFrameModel Frames { get; }

    /// <summary>Writes <c>frames-STEP.png</c>: above frames that were held out, below frames drawn for their codes.</summary>
    public override void Sample(string folder, long step)
    {
        using var scope = NewDisposeScope();
        var (real, codes) = _frames.Shown(Shown);
        var drawn = Frames.Sample(codes, PreviewSeeds(real.shape[0]), SamplerSpec.DpmSolver20).cpu();
        var sheet = cat([cat([.. real.unbind(0)], 2), cat([.. drawn.unbind(0)], 2)], 1);
        ImageFile.Write(Path.Combine(folder, $"frames-{step:D7}.png"), FrameTensors.ToImage(sheet));
    }

    private static StartFrameRecipe Fitting(StartFrameRecipe recipe, ImageAnimator animator)
    {
        recipe.Validate();
        return recipe.StartFrame.Size == animator.Settings.Size
            ? recipe with { StartFrame = recipe.StartFrame with { Dim = animator.Settings.MotionDim } }
            : throw new LeoException("start-frame settings", $"Size is {recipe.StartFrame.Size}, the animator's frames have {animator.Settings.Size}",
                $"Set startFrame.size={animator.Settings.Size}, or choose the preset of the animator");
    }

    private static ImageAnimator Moved(ImageAnimator animator, StartFrameRecipe recipe)
    {
        ComputeDevice.Move(animator, ComputeDevice.Find(recipe.Training.Device));
        return animator;
    }

    private static CodeNormalizer Units(ImageAnimator animator, ClipStore train)
    {
        var codes = new List<CodeSequence>();
        int count = Math.Min(UnitVideos, train.Count);
        for (int i = 0; i < count; i++)
        {
            int video = (int)((long)i * train.Count / count);
            using var some = CodeExtraction.OfVideo(animator, train, video, Math.Max(1, train.FrameCount(video) / UnitFrames));
            codes.Add(CodeSequence.From($"{video}", some));
        }
        return CodeNormalizer.ForCodes(new CodeSequences(codes, train.FramesPerSecond(0), ""));
    }

    // Single frames with the codes that the animator gives them.
    private sealed class FrameBatches : IBatches
    {
        private const int HeldOutFrames = 64;

        private readonly ImageAnimator _animator;
        private readonly ClipStore _train;
        private readonly Tensor _heldOut;
        private readonly Device _device;
        private BatchFeed? _feed;

        internal FrameBatches(ImageAnimator animator, Device device, ClipStore train, ClipStore heldOut)
        {
            (_animator, _device, _train, Animator) = (animator, device, train, AnimatorFingerprint.Of(animator));
            int count = Math.Min(HeldOutFrames, heldOut.Count);
            using var scope = NewDisposeScope();
            _heldOut = cat([.. Enumerable.Range(0, count).Select(i => heldOut.Clip((int)((long)i * heldOut.Count / count), 0, 1))], 0).DetachFromDisposeScope();
        }

        public string Data => _train.Describe();

        public string Animator { get; }

        public IEnumerable<string> Drawn { get; private set; } = [];

        public TrainingBatch Next(int size, Generator generator, BatchShare share)
        {
            _feed ??= Feed(new ClipSampler(_train, size, length: 1, stride: 1, generator), generator);
            var batch = _feed.Next(share);
            Drawn = batch.Drawn;
            return Coded(batch.Tensors[0], share);
        }

        public TrainingBatch? HeldOut(int size) => Coded(_heldOut.narrow(0, 0, Math.Min(size, _heldOut.shape[0])));

        internal (Tensor Frames, Tensor Codes) Shown(int size) => HeldOut(size) is { Codes: { } codes } batch ? (batch.Data, codes) : default;

        public void Dispose()
        {
            _feed?.Dispose();
            _heldOut.Dispose();
        }

        private BatchFeed Feed(ClipSampler sampler, Generator position) =>
            new(position, _device, (generator, share) => new FedBatch([share.Of(sampler.Next(generator).squeeze(1))], sampler.Drawn)); // [B, 1, 3, S, S] → [B, 3, S, S]

        private TrainingBatch Coded(Tensor frames, BatchShare? share = null)
        {
            using var quiet = no_grad();
            return new TrainingBatch(frames, _animator.MotionCode(frames), share);
        }
    }
}
