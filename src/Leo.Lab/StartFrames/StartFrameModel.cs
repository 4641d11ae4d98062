using Leo.Lab.Checkpoints;
using Leo.Lab.Diffusion;
using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.StartFrames;

/// <summary>
/// The conditional DDPM of starting frames, p(x₁ | α₁) (LEO §3.3, Option 2): with p(α) and the motion model it makes videos from
/// nothing.
/// </summary>
/// <param name="settings">The settings.</param>
/// <param name="normalizer">The codes' units, see <see cref="CodeNormalizer.ForCodes"/>.</param>
/// <param name="seed">The run's seed, for the initial weights.</param>
public sealed class StartFrameModel(StartFrameSettings settings, CodeNormalizer normalizer, long seed)
    : DiffusionModel(Build(settings, normalizer, seed), normalizer, settings.Diffusion)
{
    /// <inheritdoc/>
    public override string Kind => "start-frame";

    /// <summary>The settings.</summary>
    public StartFrameSettings Settings { get; } = settings;

    /// <inheritdoc/>
    public override string SettingsJson => Json.WriteLine(Settings);

    /// <summary>The shape of what is noised: folded frames.</summary>
    public override long[] NoiseShape => [Settings.Channels(), Settings.Size / Settings.Patch, Settings.Size / Settings.Patch];

    private UNet UNet => (UNet)Network;

    /// <summary>Reads a model, for inference; averaged weights where there are any. Outside any dispose scope.</summary>
    /// <param name="path">A checkpoint of kind <c>start-frame</c>, or the folder of a run.</param>
    /// <exception cref="CheckpointException">Missing, broken, or of another kind or size.</exception>
    public static StartFrameModel Load(string path)
    {
        using var checkpoint = Checkpoint.Open(path, "start-frame");
        return Loaded(new StartFrameModel(checkpoint.Settings<StartFrameSettings>(s => s.Validate()), CodeNormalizer.From(checkpoint), 0), checkpoint);
    }

    /// <summary>The loss of each frame [B].</summary>
    /// <param name="frames">[B, 3, S, S] in [-1, 1].</param>
    /// <param name="codes">Their raw motion codes [B, D].</param>
    /// <param name="t">Steps [B], int64.</param>
    /// <param name="noise">ε [B, …<see cref="NoiseShape"/>].</param>
    /// <param name="keep">[B], 1 where the code is told and 0 where it is not; null tells all.</param>
    /// <exception cref="ArgumentException">Frames of another size.</exception>
    public Tensor TrainingLoss(Tensor frames, Tensor codes, Tensor t, Tensor noise, Tensor? keep)
    {
        if (frames.dim() != 4 || frames.shape[1] != 3 || frames.shape[2] != Settings.Size || frames.shape[3] != Settings.Size)
        {
            throw new ArgumentException($"Expected frames [B, 3, {Settings.Size}, {Settings.Size}], found [{string.Join(", ", frames.shape)}].", nameof(frames));
        }

        using var scope = NewDisposeScope();
        var condition = Normalizer.Normalize(codes);
        return Diffusion.TrainingLoss((x, steps) => UNet.Denoise(x, steps, condition, keep), Fold(frames), t, noise).MoveToOuterDisposeScope();
    }

    internal override Tensor TrainingLoss(TrainingBatch batch, Tensor t, Generator generator)
    {
        var noise = Noise(batch, generator);
        var keep = batch.Of(rand(batch.Whole, dtype: ScalarType.Float32, generator: generator)).ge(Settings.ConditionDrop).to(ScalarType.Float32);
        return TrainingLoss(batch.Data.to(Device), batch.Codes!.to(Device), t, noise, keep.to(Device));
    }

    /// <summary>Draws frames [K, 3, S, S] in [-1, 1], one for each seed; a seed's frame does not depend on the others.</summary>
    /// <param name="codes">Raw motion codes [K, D].</param>
    /// <param name="seeds">K seeds.</param>
    /// <param name="spec">How to sample.</param>
    /// <param name="guidance">
    /// Strength w of classifier-free guidance: prediction = without + w·(with − without). 1 samples from the model as it is; above
    /// it frames keep more closely to the code and vary less (Ho &amp; Salimans 2022, with w = 1 + their w).
    /// </param>
    /// <param name="progress">Told after every step.</param>
    /// <exception cref="ArgumentException">Codes of another shape.</exception>
    public Tensor Sample(Tensor codes, IReadOnlyList<long> seeds, SamplerSpec spec, double guidance = 1, Action<SamplingStep>? progress = null)
    {
        if (codes.dim() != 2 || codes.shape[0] != seeds.Count || codes.shape[1] != Settings.Dim)
        {
            throw new ArgumentException($"Expected codes [{seeds.Count}, {Settings.Dim}], found [{string.Join(", ", codes.shape)}].", nameof(codes));
        }

        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        using var noise = new SeededNoise(seeds, "start-frame", NoiseShape, Device);
        var condition = Normalizer.Normalize(codes.to(Device));
        var x = spec.Build(Diffusion).Sample(Guided, noise.Next, progress);
        return Unfold(x).clamp(-1, 1).MoveToOuterDisposeScope();

        Tensor Guided(Tensor xt, Tensor t)
        {
            if (guidance == 1) return UNet.Denoise(xt, t, condition, null);

            // Both in one batch: the first half is told the code, the second is not.
            using var inner = NewDisposeScope();
            long count = xt.shape[0];
            var keep = cat([ones(count, device: xt.device), zeros(count, device: xt.device)]);
            var both = UNet.Denoise(cat([xt, xt]), cat([t, t]), cat([condition, condition]), keep);
            var (with, without) = (both.narrow(0, 0, count), both.narrow(0, count, count));
            var guided = without + (with - without) * guidance;
            long channels = xt.shape[1];
            // A learnt variance is not guided: it is no direction to go.
            var result = both.shape[1] == channels ? guided : cat([guided.narrow(1, 0, channels), with.narrow(1, channels, channels)], 1);
            return result.MoveToOuterDisposeScope();
        }
    }

    private Tensor Fold(Tensor frames) => Settings.Patch == 1 ? frames.alias() : nn.functional.pixel_unshuffle(frames, Settings.Patch);

    private Tensor Unfold(Tensor x) => Settings.Patch == 1 ? x.alias() : nn.functional.pixel_shuffle(x, Settings.Patch);

    private static UNet Build(StartFrameSettings settings, CodeNormalizer normalizer, long seed)
    {
        settings.Validate();
        return normalizer.Dim == settings.Dim
            ? new UNet(2, settings.Channels(), settings.Network, seed, settings.Diffusion.Outputs(settings.Channels()), settings.Dim)
            : throw new LeoException("start-frame settings", $"Dim is {settings.Dim}, the codes have {normalizer.Dim}", "Set Dim to the animator's MotionDim");
    }
}
