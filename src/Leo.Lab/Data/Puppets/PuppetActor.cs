using System.Numerics;

namespace Leo.Lab.Data.Puppets;

/// <summary>
/// One person who can be put into any pose: their picture and their landmarks as functions of the degrees of freedom, whether a
/// face or a body. Not for use by several threads at once.
/// </summary>
public sealed class PuppetActor
{
    private static readonly float[] FaceSpans = [0.2f, 0.1f, 0.25f, 1, 1, 0.5f, 1, 0.5f, 1, 1];
    private static readonly float[] BodySpans = [0.3f, 0.5f, 0.2f, 0.3f, 1, 0.8f, 1, 0.8f, 0.08f, 0.4f, 0.5f];

    // By the meaning of the variable: a mouth is not more than wide open. What is a place or an angle has no end.
    private static readonly (float, float)[] FaceEnds = [Free, Free, Free, (-1, 1), (-1, 1), (0, 1), (-1, 1), (0, 1), (-1, 1), (-1, 1)];
    private static readonly (float, float)[] BodyEnds = [Free, (0, 1), Free, Free, Free, Free, Free, Free, Free, (0, 1), (-1, 1)];

    private readonly Func<float[], Canvas> _paint;
    private readonly Func<float[], IReadOnlyList<Vector2>> _landmarks;

    /// <summary>Casts the person of a video.</summary>
    /// <param name="truth">The video's truth.</param>
    /// <param name="size">Side of the pictures, 32 … 256.</param>
    /// <param name="rightArmNearer">Which arm of a body hides the other (<see cref="BodyPose.RightArmNearer"/>); the truth does not tell.</param>
    /// <exception cref="LeoException">The truth names neither a face nor a body.</exception>
    public PuppetActor(PuppetTruth truth, int size = 64, bool rightArmNearer = false)
    {
        PuppetRenderer.CheckSize(size);
        Size = size;
        if (truth.Body is { } body)
        {
            var painter = new BodyPainter(body, size);
            _paint = degrees => painter.Paint(BodyPose.FromArray(degrees, rightArmNearer));
            _landmarks = degrees => BodySkeleton.Of(body, BodyPose.FromArray(degrees)).Joints;
            (IsBody, Degrees, LandmarkNames) = (true, BodyPose.Names, BodySkeleton.Names);
        }
        else if (truth.Face is { } face)
        {
            var painter = new FacePainter(face, size);
            _paint = degrees => painter.Paint(FacePose.FromArray(degrees));
            _landmarks = degrees => FaceLayout.Of(face, FacePose.FromArray(degrees)).Features;
            (IsBody, Degrees, LandmarkNames) = (false, FacePose.Names, FaceLayout.Names);
        }
        else
        {
            throw new LeoException("puppet truth", "it has neither a face nor a body", "Make the puppets again with `leo data puppets`");
        }
    }

    /// <summary>Side of the pictures.</summary>
    public int Size { get; }

    /// <summary>Whether this is a whole body.</summary>
    public bool IsBody { get; }

    /// <summary>Names of the degrees of freedom.</summary>
    public IReadOnlyList<string> Degrees { get; }

    /// <summary>Names of the landmarks.</summary>
    public IReadOnlyList<string> LandmarkNames { get; }

    /// <summary>How far each degree of freedom usually goes to either side: its natural unit.</summary>
    public IReadOnlyList<float> Spans => IsBody ? BodySpans : FaceSpans;

    /// <summary>The degrees of freedom in one frame of a video.</summary>
    /// <param name="truth">The video's truth.</param>
    /// <param name="frame">Which frame.</param>
    public static float[] Pose(PuppetTruth truth, int frame) =>
        truth.Pose[frame][..(truth.Body is null ? FacePose.Names.Count : BodyPose.Names.Count)];

    /// <summary>A pose within what its variables can mean: no mouth is more than wide open.</summary>
    public float[] Possible(IReadOnlyList<float> degrees) =>
        [.. degrees.Zip(IsBody ? BodyEnds : FaceEnds, (d, ends) => Math.Clamp(d, ends.Item1, ends.Item2))];

    /// <summary>Paints the person.</summary>
    /// <param name="degrees">As many as <see cref="Degrees"/>.</param>
    /// <returns>Size·Size·3 values in [0, 1], row by row; valid until the next call.</returns>
    public ReadOnlySpan<float> Paint(float[] degrees)
    {
        var pixels = _paint(degrees).Pixels;
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = Math.Clamp(pixels[i], 0, 1);
        return pixels;
    }

    /// <summary>Where the landmarks are, −1 … 1 from edge to edge.</summary>
    /// <param name="degrees">As many as <see cref="Degrees"/>.</param>
    public IReadOnlyList<Vector2> Landmarks(float[] degrees) => _landmarks(degrees);

    private static (float, float) Free => (float.NegativeInfinity, float.PositiveInfinity);
}

/// <summary>One video to be: who, which motion, and the pose in every frame. Rendering it is all that is left to do.</summary>
internal sealed class PuppetTake
{
    private readonly Func<int, Canvas> _paint;

    private PuppetTake(PuppetTruth truth, Func<int, Canvas> paint) => (Truth, _paint) = (truth, paint);

    public PuppetTruth Truth { get; }

    /// <summary>Paints one frame as RGB24.</summary>
    public void Render(int frame, Span<byte> rgb) => _paint(frame).CopyTo(rgb);

    /// <summary>Sets up the take of one person.</summary>
    /// <param name="options">The data set.</param>
    /// <param name="identity">The person's number.</param>
    /// <param name="video">Which of the person's videos.</param>
    public static PuppetTake Of(PuppetOptions options, int identity, int video) => options.Kind == PuppetKind.Bodies
        ? Body(options, identity, video)
        : Face(options, identity, video);

    private static PuppetTake Body(PuppetOptions o, int identity, int video)
    {
        var pattern = video < o.VideosPerIdentity ? BodyPattern.All[Motion(o, identity, video, BodyPattern.All.Count)] : null;
        var who = BodyIdentity.Draw(o.Seed, identity);
        long seed = PerformanceSeed(o, identity, video);
        var poses = pattern?.Perform(seed, o.Frames, o.FramesPerSecond) ?? BodyImprovisation.Perform(seed, o.Frames, o.FramesPerSecond);
        var painter = new BodyPainter(who, o.Size);
        return new PuppetTake(
            new PuppetTruth
            {
                Identity = identity,
                Kind = "bodies",
                Pattern = pattern?.Name ?? BodyImprovisation.Name,
                FramesPerSecond = o.FramesPerSecond,
                Seed = o.Seed,
                Body = who,
                PoseNames = [.. BodyPose.Names, .. Axes(BodySkeleton.Names)],
                Pose = Array.ConvertAll(poses, pose => Rounded([.. pose.ToArray(), .. BodySkeleton.Of(who, pose).ToArray()])),
            },
            frame => painter.Paint(poses[frame]));
    }

    private static PuppetTake Face(PuppetOptions o, int identity, int video)
    {
        var manner = FaceManner.All[Motion(o, identity, video, FaceManner.All.Count)];
        var who = FaceIdentity.Draw(o.Seed, identity);
        var poses = manner.Perform(PerformanceSeed(o, identity, video), o.Frames, o.FramesPerSecond);
        var painter = new FacePainter(who, o.Size);
        return new PuppetTake(
            new PuppetTruth
            {
                Identity = identity,
                Kind = "faces",
                Pattern = manner.Name,
                FramesPerSecond = o.FramesPerSecond,
                Seed = o.Seed,
                Face = who,
                PoseNames = [.. FacePose.Names, .. Axes(FaceLayout.Names)],
                Pose = Array.ConvertAll(poses, pose => Rounded([.. pose.ToArray(), .. FaceLayout.Of(who, pose).ToArray()])),
            },
            frame => painter.Paint(poses[frame]));
    }

    // Every person's motions come from an order of their own, so that no two of their videos show the same one
    // (as long as there are enough), and all motions are about equally frequent.
    private static int Motion(PuppetOptions o, int identity, int video, int count) =>
        new PuppetRandom(o.Seed, $"{o.Kind} motion", identity).Permutation(count)[video % count];

    private static long PerformanceSeed(PuppetOptions o, int identity, int video) =>
        unchecked((o.Seed * 1_000_003) + (identity * 1_009L) + video);

    private static IEnumerable<string> Axes(IReadOnlyList<string> names) =>
        names.SelectMany(name => new[] { $"{name}.x", $"{name}.y" });

    private static float[] Rounded(float[] values) => Array.ConvertAll(values, value => MathF.Round(value, 5));
}
