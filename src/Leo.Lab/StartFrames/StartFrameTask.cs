using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Diffusion;
using Leo.Lab.Media;
using Leo.Lab.Motion;
using Leo.Lab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.StartFrames;

/// <summary>Trains p(x₁ | α₁) on frames of videos and the codes that the frozen animator gives them (LEO §3.3, Option 2).</summary>
public sealed class StartFrameTask : DiffusionTask
{
    private const int Shown = 8;

    private readonly StartFrameModel _model;
    private readonly ImageAnimator _animator;
    private readonly TrainingSettings _training;
    private readonly ClipStore _train;
    private readonly Tensor _heldOut;
    private ClipSampler? _frames;

    /// <summary>Binds a model and an animator, which stay the caller's as the stores do, to the data.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="animator">Gives every frame its code; in evaluation mode.</param>
    /// <param name="train">Videos to learn from.</param>
    /// <param name="heldOut">Videos for validation; only read here.</param>
    /// <param name="training">How to train.</param>
    public StartFrameTask(StartFrameModel model, ImageAnimator animator, ClipStore train, ClipStore heldOut, TrainingSettings training)
        : base(model, training)
    {
        (_model, _animator, _train, _training) = (model, animator, train, training);
        var count = Math.Min(64, heldOut.Count);
        using var scope = NewDisposeScope();
        _heldOut = cat([.. Enumerable.Range(0, count).Select(i => heldOut.Clip((int)((long)i * heldOut.Count / count), 0, 1))], 0).DetachFromDisposeScope();
    }

    /// <summary>Training settings that go with <see cref="StartFrameSettings.Tiny"/>: an hour on one core.</summary>
    public static TrainingSettings TinyTraining => new()
    {
        Steps = 8000, BatchSize = 16, LearningRate = 1e-3, FinalLearningRate = 2e-5, Schedule = LearningRateSchedule.Cosine, WarmupSteps = 200,
        ClipGradNorm = 1, EmaRates = [0.998], LogEvery = 50, ValidateEvery = 1000, SampleEvery = 1000,
    };

    /// <summary>Training settings that go with <see cref="StartFrameSettings.Small"/>.</summary>
    public static TrainingSettings SmallTraining => new()
    {
        Steps = 200_000, BatchSize = 64, LearningRate = 1e-4, ClipGradNorm = 1, EmaRates = [0.9999], LogEvery = 100, ValidateEvery = 5000, SampleEvery = 5000, CheckpointEvery = 5000,
    };

    /// <summary>Improved-diffusion's for its LSUN model: batches of 128, 2e-5, an average at 0.9999. The paper names none.</summary>
    public static TrainingSettings PaperTraining => SmallTraining with { Steps = 500_000, BatchSize = 128, LearningRate = 2e-5 };

    /// <summary>Writes <c>frames-STEP.png</c>: above frames that were held out, below frames drawn for their codes.</summary>
    public override void Sample(string folder, long step)
    {
        using var scope = NewDisposeScope();
        var real = _heldOut.narrow(0, 0, Math.Min(Shown, _heldOut.shape[0]));
        long[] seeds = [.. Enumerable.Range(0, (int)real.shape[0]).Select(i => Seeds.Derive(_training.Seed, $"preview.{i}"))];
        var drawn = _model.Sample(Codes(real), seeds, SamplerSpec.DpmSolver20).cpu();
        var sheet = cat([cat([.. real.unbind(0)], 2), cat([.. drawn.unbind(0)], 2)], 1);
        ImageFile.Write(Path.Combine(folder, $"frames-{step:D7}.png"), FrameTensors.ToImage(sheet));
    }

    private protected override DiffusionBatch Draw(int size, Generator generator)
    {
        _frames ??= new ClipSampler(_train, size, length: 1, stride: 1, generator);
        return Of(_frames.Next().squeeze(1)); // [B, 1, 3, S, S] → [B, 3, S, S]
    }

    /// <inheritdoc/>
    public override string Data => _train.Describe();

    private protected override IEnumerable<string> Drawn => _frames?.Drawn ?? [];

    private protected override DiffusionBatch? HeldOut(int size) => Of(_heldOut.narrow(0, 0, Math.Min(size, _heldOut.shape[0])));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _heldOut.Dispose();
        base.Dispose(disposing);
    }

    private Tensor Codes(Tensor frames)
    {
        using var quiet = no_grad();
        return _animator.MotionCode(frames);
    }

    private DiffusionBatch Of(Tensor frames) => new(frames.shape[0], (t, generator) =>
    {
        var count = frames.shape[0];
        var noise = randn([count, .. _model.NoiseShape], dtype: ScalarType.Float32, generator: generator);
        var keep = rand(count, dtype: ScalarType.Float32, generator: generator).ge(_model.Settings.ConditionDrop).to(ScalarType.Float32);
        var device = _model.Device;
        return _model.TrainingLoss(frames.to(device), Codes(frames).to(device), t.to(device), noise.to(device), keep.to(device));
    });
}
