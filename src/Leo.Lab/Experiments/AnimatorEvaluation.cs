using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Metrics;
using Leo.Lab.Metrics.KeyPoints;
using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>Measures an animator on videos, with and without known truth.</summary>
/// <param name="animator">In evaluation mode.</param>
/// <param name="clips">Videos at the animator's size, of people whom it was not trained on.</param>
/// <param name="perceptual">What the perceptual distance is measured with; null leaves it out.</param>
/// <param name="progress">Told what is done: title, parts done, parts in all. May throw to stop. <value>Default null.</value></param>
public sealed class AnimatorEvaluation(
    ImageAnimator animator, ClipStore clips, PerceptualDistance? perceptual = null, Action<string, int, int>? progress = null)
{
    private const int Chunk = 32;

    private readonly AnimationPipeline _pipeline = new(animator);
    private readonly PuppetTruth?[] _truth = [.. Enumerable.Range(0, clips.Count).Select(v => PuppetTruth.ForVideo(clips.Path(v)))];

    /// <summary>Frames between those that are judged. <value>Default 2.</value></summary>
    public int Stride { get; init; } = 2;

    /// <summary>What measures AKD, MKR and AED. <value>Default null: they are left out.</value></summary>
    public FrameComparison? Comparison { get; init; }

    /// <summary>Pairs of a pose transfer, to look at. <value>Default null.</value></summary>
    public Action<PoseTransferPair>? ShowTransfer { get; init; }

    /// <summary>Measures everything that can be measured on these videos.</summary>
    /// <exception cref="LeoException">No video has two frames.</exception>
    public AnimatorScore Run()
    {
        using var noGrad = no_grad();
        var score = Reconstruct();
        if (_truth.Any(t => t is null))
            return score;

        var (byMotion, byCode, people) = Leakage();
        score = score with { IdentityFromMotion = byMotion, IdentityFromCode = byCode, IdentityChance = people > 1 ? 1.0 / people : null };
        var palettes = new PeoplePalettes();
        for (int video = 0; video < clips.Count; video++)
        {
            using var frames = clips.Clip(video, 0, (clips.FrameCount(video) + 7) / 8, 8);
            palettes.Add(_truth[video]!.Identity, frames);
        }
        double kept = 0;
        int judged = 0;
        var transfer = new PoseTransfer(animator, clips, _truth!)
        {
            Show = pair =>
            {
                ShowTransfer?.Invoke(pair);
                if (palettes.Kept(_truth[pair.Person]!.Identity, pair.Relative) is { } share)
                    (kept, judged) = (kept + share, judged + 1);
            },
        };
        if (transfer.People.Count < 2 || animator.Settings.Size < 32)
            return score;
        var pose = transfer.Run(done => progress?.Invoke("transfer", done, transfer.People.Count));
        return score with { Transfer = pose, IdentityKept = judged > 0 ? kept / judged : null };
    }

    private AnimatorScore Reconstruct()
    {
        var meter = new ReconstructionMeter();
        double[] sums = new double[4]; // SSIM, of the source; distance, of the source
        bool small = animator.Settings.Size < Ssim.Window;
        long frames = 0;
        for (int video = 0; video < clips.Count; video++)
        {
            int count = (clips.FrameCount(video) + Stride - 1) / Stride;
            using var scope = NewDisposeScope();
            var source = clips.Clip(video, 0, 1);
            var first = _pipeline.Animate(source, source).Frames;
            for (int start = 1; start < count; start += Chunk)
            {
                using var inner = NewDisposeScope();
                var driving = clips.Clip(video, start * Stride, Math.Min(Chunk, count - start), Stride);
                var made = _pipeline.Animate(source, driving).Frames;
                var still = source.expand(driving.shape[0], -1, -1, -1);
                meter.Add(clips.Path(video), source, first, driving, made);
                if (!small)
                {
                    sums[0] += Ssim.Of(made, driving).Sum();
                    sums[1] += Ssim.Of(still, driving).Sum();
                }
                if (perceptual is not null)
                {
                    sums[2] += perceptual.Of(made, driving).Sum();
                    sums[3] += perceptual.Of(still, driving).Sum();
                }
                Comparison?.Add(Levels(driving), Levels(made), new VideoFrames(clips.Path(video), [.. Enumerable.Range(start, (int)driving.shape[0]).Select(t => t * Stride)]));
                frames += driving.shape[0];
            }
            progress?.Invoke("reconstruct", video + 1, clips.Count);
        }
        if (frames == 0)
            throw new LeoException(clips.Path(0), "no video has two frames to judge", "Give longer videos");
        return new AnimatorScore
        {
            Videos = clips.Count,
            Reconstruction = meter.Score(),
            Ssim = small ? null : sums[0] / frames,
            RepeatSourceSsim = small ? null : sums[1] / frames,
            PerceptualName = perceptual?.Name,
            Perceptual = perceptual is null ? null : sums[2] / frames,
            RepeatSourcePerceptual = perceptual is null ? null : sums[3] / frames,
            KeyPoints = Comparison?.KeyPoints,
            IdentityDistance = Comparison?.Identity,
        };
    }

    // Whole levels, as a video would have.
    private static Tensor Levels(Tensor frames) => ((frames.clamp(-1, 1) + 1) * 127.5).round();

    private (double? ByMotion, double? ByCode, int People) Leakage()
    {
        var coded = new List<CodedVideo>();
        for (int video = 0; video < clips.Count; video++)
        {
            using var codes = CodeExtraction.OfVideo(animator, clips, video, Stride);
            coded.Add(new CodedVideo(clips.Path(video), codes, [.. Enumerable.Range(0, (int)codes.shape[0]).Select(i => i * Stride)], _truth[video]!));
            progress?.Invoke("encode", video + 1, clips.Count);
        }
        var (byMotion, people) = IdentityProbe.Score(coded, v => v.MotionDifference());
        var (byCode, _) = IdentityProbe.Score(coded, v => v.Codes());
        return people < 2 ? (null, null, people) : (byMotion, byCode, people);
    }
}
