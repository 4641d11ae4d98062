using System.Numerics;
using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Data.Puppets;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>
/// Puts the motion of puppets on other puppets and measures where their landmarks come to be. Every person's parameters are
/// known, so the pose that a transfer should give has a true picture and true landmarks; the landmarks of the generated
/// frames are read by <see cref="PoseFit"/>.
/// </summary>
/// <param name="animator">In evaluation mode, of 32 pixels or more.</param>
/// <param name="clips">Puppet videos at the animator's size.</param>
/// <param name="truth">The truth of each.</param>
public sealed class PoseTransfer(ImageAnimator animator, ClipStore clips, IReadOnlyList<PuppetTruth> truth)
{
    /// <summary>Side of the frames that poses are read from; larger ones are reduced to it.</summary>
    public const int Size = 64;

    private readonly AnimationPipeline _pipeline = new(animator);
    private readonly int _size = Math.Min(Size, animator.Settings.Size);

    /// <summary>Frames of each pair, spread over the driver's video.</summary>
    public int FramesPerPair { get; init; } = 8;

    /// <summary>Shown what each pair came to; the tensors die with the call. <value>Default null.</value></summary>
    public Action<PoseTransferPair>? Show { get; init; }

    /// <summary>The first video of each person that has two frames: as many pairs, everyone driven by the next.</summary>
    public IReadOnlyList<int> People { get; } = [.. Enumerable.Range(0, clips.Count).Where(v => clips.FrameCount(v) > 1).GroupBy(v => truth[v].Identity).Select(g => g.First())];

    /// <summary>Measures all pairs.</summary>
    /// <param name="done">Told the pairs done. <value>Default null.</value></param>
    /// <exception cref="ArgumentException">Fewer than two people, or an animator of less than 32 pixels.</exception>
    public PoseTransferScore Run(Action<int>? done = null)
    {
        if (People.Count < 2 || _size < 32)
            throw new ArgumentException($"{People.Count} people at {_size} pixels, expected two at 32 or more");
        using var noGrad = no_grad();
        var (relative, relativeStill, absolute, absoluteStill, reading) = (new PoseError(), new PoseError(), new PoseError(), new PoseError(), new PoseError());
        for (int i = 0; i < People.Count; i++)
        {
            using var scope = NewDisposeScope();
            int person = People[i], driver = People[(i + 1) % People.Count];
            int[] frames = [0, .. Spread(clips.FrameCount(driver))];
            var source = clips.Clip(person, 0, 1);
            var driving = cat([.. frames.Select(t => clips.Clip(driver, t, 1))], 0);
            float[] own = PuppetActor.Pose(truth[person], 0), start = PuppetActor.Pose(truth[driver], 0);
            float[][] drivers = [.. frames.Select(t => PuppetActor.Pose(truth[driver], t))];
            bool arm = RightArmNearer(truth[driver], _size, drivers, Pixels(driving));
            PuppetActor Target() => new(truth[person], _size, arm);
            var actor = Target();
            float[][] moved = [.. drivers.Select(d => actor.Possible([.. own.Zip(d.Zip(start, (now, then) => now - then), (a, b) => a + b)]))];

            var byMotion = _pipeline.Animate(source, driving, AnimationMode.Relative).Frames;
            var byPose = _pipeline.Animate(source, driving).Frames;
            Judge(Target, Pixels(byMotion), moved, own, relative, relativeStill);
            Judge(Target, Pixels(byPose), drivers, own, absolute, absoluteStill);
            Judge(() => new(truth[driver], _size, arm), Pixels(driving), drivers, start, reading, null);
            Show?.Invoke(new PoseTransferPair(person, driver, source, driving, byMotion, Painted(actor, moved), byPose, Painted(actor, drivers)));
            done?.Invoke(i + 1);
        }
        return new PoseTransferScore
        {
            RelativePx = relative.Mean,
            RelativeStillPx = relativeStill.Mean,
            AbsolutePx = absolute.Mean,
            AbsoluteStillPx = absoluteStill.Mean,
            ReadingPx = reading.Mean,
            Pairs = People.Count,
            FramesPerPair = FramesPerPair,
        };
    }

    // The first frame is where motion starts and is not judged. From the true pose alone a fit would flatter; from the resting
    // one alone it may not find a far pose. The nearer picture decides.
    private static void Judge(Func<PuppetActor> cast, float[][] frames, float[][] truth, float[] rest, PoseError error, PoseError? still)
    {
        var found = new IReadOnlyList<Vector2>[frames.Length];
        Parallel.For(1, frames.Length, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, cast, (t, _, actor) =>
        {
            found[t] = [.. actor.Landmarks(new PoseFit(actor).Fit(frames[t], rest, truth[t]).Pose)];
            return actor;
        }, _ => { });
        var one = cast();
        for (int t = 1; t < frames.Length; t++)
        {
            var right = one.Landmarks(truth[t]);
            error.Add(found[t], right);
            still?.Add(one.Landmarks(rest), right);
        }
    }

    private IEnumerable<int> Spread(int frames) =>
        Enumerable.Range(1, FramesPerPair).Select(k => Math.Max(1, (int)((long)k * (frames - 1) / FramesPerPair))).Where(t => t < frames).Distinct();

    /// <summary>Which arm of a body is in front: the sidecar does not say, the video does.</summary>
    internal static bool RightArmNearer(PuppetTruth driver, int size, float[][] poses, float[][] frames)
    {
        double Distance(bool right)
        {
            var actor = new PuppetActor(driver, size, right);
            return poses.Zip(frames, (pose, frame) =>
            {
                double sum = 0;
                var picture = actor.Paint(pose);
                for (int k = 0; k < picture.Length; k++)
                    sum += (picture[k] - frame[k]) * (picture[k] - frame[k]);
                return sum;
            }).Sum();
        }
        return driver.Body is not null && Distance(true) < Distance(false);
    }

    // [T, 3, S, S] in [-1, 1] → rows of pixels in [0, 1], at the size that is read.
    private float[][] Pixels(Tensor frames)
    {
        using var scope = NewDisposeScope();
        var shown = (frames.clamp(-1, 1) + 1) / 2;
        if (frames.shape[2] != _size)
            shown = nn.functional.adaptive_avg_pool2d(shown, [_size, _size]);
        float[] all = shown.permute(0, 2, 3, 1).contiguous().ToArray<float>();
        return [.. all.Chunk(_size * _size * 3)];
    }

    private Tensor Painted(PuppetActor actor, float[][] poses)
    {
        using var scope = NewDisposeScope();
        float[] all = [.. poses.SelectMany(p => actor.Paint(p).ToArray())];
        return (tensor(all).reshape(poses.Length, _size, _size, 3).permute(0, 3, 1, 2) * 2 - 1).contiguous().MoveToOuterDisposeScope();
    }
}
