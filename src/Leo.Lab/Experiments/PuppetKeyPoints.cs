using Leo.Lab.Data.Puppets;
using Leo.Lab.Metrics;
using Leo.Lab.Metrics.KeyPoints;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>
/// Key points of puppets. Of real frames the truth beside the video is taken; in others the pose is read by painting (<see cref="PoseFit"/>), from the true
/// pose and from the video's first, and a landmark counts as found where the painted picture and the frame agree around it: their mean absolute difference
/// over <see cref="Patch"/>² pixels of a 64-pixel frame is at most <see cref="Agree"/> of the range. Landmarks that the truth has beyond the frame's edge count for nothing.
/// </summary>
public sealed class PuppetKeyPoints : IKeyPointFinder
{
    /// <summary>How it is written.</summary>
    public const string Word = "puppets";

    /// <summary>Side of the neighbourhood that is compared.</summary>
    public const int Patch = 7;

    /// <summary>Greatest difference of a found landmark's neighbourhood.</summary>
    public const double Agree = 0.1;

    private readonly Dictionary<string, PuppetTruth> _truth = [];

    /// <inheritdoc/>
    public string Name => Word;

    /// <inheritdoc/>
    public string Weights => "";

    /// <inheritdoc/>
    /// <remarks>Painting stays on the processor.</remarks>
    public void MoveTo(Device device)
    {
    }

    /// <inheritdoc/>
    /// <exception cref="MetricException">The video is no puppet's, or has not these frames.</exception>
    public IReadOnlyList<KeyPoint?[]> OfReal(Tensor frames, VideoFrames of)
    {
        var truth = Truth(of);
        var actor = new PuppetActor(truth, Side(frames));
        return [.. of.Times.Select(t => Points(actor, PuppetActor.Pose(truth, t), frames, Inside(actor, PuppetActor.Pose(truth, t))))];
    }

    /// <inheritdoc/>
    /// <exception cref="MetricException">The video is no puppet's, or has not these frames.</exception>
    public IReadOnlyList<KeyPoint?[]> Find(Tensor frames, VideoFrames of)
    {
        var truth = Truth(of);
        int side = Side(frames);
        float[][] pictures = Pixels(frames, side), poses = [.. of.Times.Select(t => PuppetActor.Pose(truth, t))];
        float[] start = PuppetActor.Pose(truth, 0);
        bool arm = PoseTransfer.RightArmNearer(truth, side, poses, pictures);
        var found = new KeyPoint?[pictures.Length][];
        Parallel.For(0, pictures.Length, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, () => new PuppetActor(truth, side, arm), (t, _, actor) =>
        {
            float[] pose = new PoseFit(actor).Fit(pictures[t], start, poses[t]).Pose;
            bool[] there = Agreeing(actor, pose, pictures[t]);
            bool[] inside = Inside(actor, poses[t]);
            found[t] = Points(actor, pose, frames, [.. there.Zip(inside, (a, b) => a && b)]);
            return actor;
        }, _ => { });
        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private PuppetTruth Truth(VideoFrames of)
    {
        if (!_truth.TryGetValue(of.Video, out var truth))
        {
            _truth[of.Video] = truth = PuppetTruth.ForVideo(of.Video)
                ?? throw new MetricException(of.Video, "is no puppet's video: there is no truth beside it", "Name another source of key points");
        }
        return of.Times.Count == 0 || of.Times.Max() < truth.Pose.Length ? truth
            : throw new MetricException(of.Video, $"expected truth of frame {of.Times.Max()}, found that of {truth.Pose.Length} frames", "Make the puppets again with `leo data puppets`");
    }

    // Larger frames are reduced to the size that poses are read from.
    private static int Side(Tensor frames) => frames.shape[2] == frames.shape[3] && frames.shape[2] >= 32 ? (int)Math.Min(PoseTransfer.Size, frames.shape[2])
        : throw new MetricException(Word, $"expected square frames of 32 pixels or more, found {frames.shape[3]}×{frames.shape[2]}", "Name another source of key points");

    private static bool[] Inside(PuppetActor actor, float[] pose) => [.. actor.Landmarks(pose).Select(p => Math.Abs(p.X) < 1 && Math.Abs(p.Y) < 1)];

    private static KeyPoint?[] Points(PuppetActor actor, float[] pose, Tensor frames, bool[] there) => [.. actor.Landmarks(pose).Zip(there, (p, found) =>
        found ? new KeyPoint(((p.X + 1) / 2 * frames.shape[3]) - 0.5, ((p.Y + 1) / 2 * frames.shape[2]) - 0.5) : (KeyPoint?)null)];

    private static bool[] Agreeing(PuppetActor actor, float[] pose, float[] picture)
    {
        float[] painted = actor.Paint(pose).ToArray();
        int side = actor.Size, reach = Math.Max(1, Patch / 2 * side / 64);
        return [.. actor.Landmarks(pose).Select(p =>
        {
            int x = (int)Math.Floor((p.X + 1) / 2 * side), y = (int)Math.Floor((p.Y + 1) / 2 * side), count = 0;
            double sum = 0;
            for (int row = Math.Max(0, y - reach); row <= Math.Min(side - 1, y + reach); row++)
            {
                for (int k = 3 * ((row * side) + Math.Max(0, x - reach)); k < 3 * ((row * side) + Math.Min(side, x + reach + 1)); k++, count++)
                    sum += Math.Abs(painted[k] - picture[k]);
            }
            return count > 0 && sum <= Agree * count;
        })];
    }

    // [T, 3, S, S] in levels → rows of pixels in [0, 1].
    private static float[][] Pixels(Tensor frames, int side)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var shown = frames.cpu().to(ScalarType.Float32) / 255;
        if (frames.shape[2] != side)
            shown = nn.functional.adaptive_avg_pool2d(shown, [side, side]);
        return [.. shown.permute(0, 2, 3, 1).contiguous().ToArray<float>().Chunk(side * side * 3)];
    }
}
