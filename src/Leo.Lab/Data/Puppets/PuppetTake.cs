namespace Leo.Lab.Data.Puppets;

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
        BodyPattern? pattern = video < o.VideosPerIdentity ? BodyPattern.All[Motion(o, identity, video, BodyPattern.All.Count)] : null;
        BodyIdentity who = BodyIdentity.Draw(o.Seed, identity);
        long seed = PerformanceSeed(o, identity, video);
        BodyPose[] poses = pattern?.Perform(seed, o.Frames, o.FramesPerSecond) ?? BodyImprovisation.Perform(seed, o.Frames, o.FramesPerSecond);
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
        FaceManner manner = FaceManner.All[Motion(o, identity, video, FaceManner.All.Count)];
        FaceIdentity who = FaceIdentity.Draw(o.Seed, identity);
        FacePose[] poses = manner.Perform(PerformanceSeed(o, identity, video), o.Frames, o.FramesPerSecond);
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
