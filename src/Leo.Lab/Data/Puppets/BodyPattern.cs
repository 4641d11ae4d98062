using static Leo.Lab.Data.Puppets.PoseTrack;

namespace Leo.Lab.Data.Puppets;

/// <summary>A named motion of a body: a closed curve for every degree of freedom, and how long one cycle takes.</summary>
internal sealed record BodyPattern
{
    private static PoseTrack Still => PoseTrack.Hold(0);

    /// <summary>The name, for example <c>wave-hands-like-clouds</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Seconds that one cycle takes at tempo 1.</summary>
    public required float Period { get; init; }

    /// <summary>Whether the right arm passes in front of the left.</summary>
    public bool RightArmNearer { get; init; }

    /// <summary>Curve of <see cref="BodyPose.X"/>.</summary>
    public PoseTrack X { get; init; } = Still;

    /// <summary>Curve of <see cref="BodyPose.Squat"/>.</summary>
    public PoseTrack Squat { get; init; } = PoseTrack.Hold(0.12f);

    /// <summary>Curve of <see cref="BodyPose.Lean"/>.</summary>
    public PoseTrack Lean { get; init; } = Still;

    /// <summary>Curve of <see cref="BodyPose.Head"/>.</summary>
    public PoseTrack Head { get; init; } = Still;

    /// <summary>Curve of <see cref="BodyPose.ShoulderLeft"/>.</summary>
    public PoseTrack ShoulderLeft { get; init; } = PoseTrack.Hold(0.3f);

    /// <summary>Curve of <see cref="BodyPose.ElbowLeft"/>.</summary>
    public PoseTrack ElbowLeft { get; init; } = PoseTrack.Hold(0.1f);

    /// <summary>Curve of <see cref="BodyPose.ShoulderRight"/>.</summary>
    public PoseTrack ShoulderRight { get; init; } = PoseTrack.Hold(0.3f);

    /// <summary>Curve of <see cref="BodyPose.ElbowRight"/>.</summary>
    public PoseTrack ElbowRight { get; init; } = PoseTrack.Hold(0.1f);

    /// <summary>Curve of <see cref="BodyPose.Sway"/>.</summary>
    public PoseTrack Sway { get; init; } = Still;

    /// <summary>Curve of <see cref="BodyPose.Stance"/>.</summary>
    public PoseTrack Stance { get; init; } = PoseTrack.Hold(0.25f);

    /// <summary>Curve of <see cref="BodyPose.Step"/>.</summary>
    public PoseTrack Step { get; init; } = Still;

    /// <summary>The pose at a place of the cycle.</summary>
    /// <param name="phase">In turns; only the fraction counts.</param>
    /// <param name="amplitude">1 as written; scales every curve around its centre.</param>
    public BodyPose At(float phase, float amplitude = 1) => new()
    {
        X = X.At(phase, amplitude),
        Squat = Math.Clamp(Squat.At(phase, amplitude), 0, 1),
        Lean = Lean.At(phase, amplitude),
        Head = Head.At(phase, amplitude),
        ShoulderLeft = ShoulderLeft.At(phase, amplitude),
        ElbowLeft = ElbowLeft.At(phase, amplitude),
        ShoulderRight = ShoulderRight.At(phase, amplitude),
        ElbowRight = ElbowRight.At(phase, amplitude),
        Sway = Sway.At(phase, amplitude),
        Stance = Math.Clamp(Stance.At(phase, amplitude), 0, 1),
        Step = Step.At(phase, amplitude),
        RightArmNearer = RightArmNearer,
    };

    /// <summary>
    /// One performance of the pattern: the same curves with their own start, tempo (±18 %), amplitude (±12 %), and slow
    /// movements that no pattern prescribes (drifting through the frame, sinking, tilting the head), all drawn from the seed.
    /// </summary>
    /// <param name="seed">Which performance.</param>
    /// <param name="frames">How many frames.</param>
    /// <param name="framesPerSecond">Frames a second.</param>
    public BodyPose[] Perform(long seed, int frames, double framesPerSecond = 25)
    {
        var r = new PuppetRandom(seed, "body performance");
        float start = r.Next(), tempo = r.Range(0.85f, 1.18f), amplitude = r.Range(0.88f, 1.12f);
        float drift = r.Range(0.08f, 0.15f), driftPeriod = r.Range(5, 8), driftStart = r.Next(), home = r.Range(-0.08f, 0.08f);
        float nod = r.Range(0.08f, 0.16f), nodPeriod = r.Range(3, 5), nodStart = r.Next();
        float sink = r.Range(0.08f, 0.18f), sinkPeriod = r.Range(3, 5.5f), sinkStart = r.Next();
        var poses = new BodyPose[frames];
        for (int i = 0; i < frames; i++)
        {
            float seconds = (float)(i / framesPerSecond);
            var pose = At(start + (seconds * tempo / Period), amplitude);
            poses[i] = pose with
            {
                X = Math.Clamp(pose.X + home + (drift * PoseTrack.Sine((seconds / driftPeriod) + driftStart)), -0.3f, 0.3f),
                Squat = Math.Clamp(pose.Squat + sink + (sink * PoseTrack.Sine((seconds / sinkPeriod) + sinkStart)), 0, 1),
                Head = pose.Head + (nod * PoseTrack.Sine((seconds / nodPeriod) + nodStart)),
            };
        }

        return poses;
    }

    /// <summary>All patterns there are, in a fixed order.</summary>
    public static IReadOnlyList<BodyPattern> All { get; } = [.. TaiChi(), .. Exercises()];

    /// <summary>The pattern of this name.</summary>
    /// <param name="name">See <see cref="All"/>.</param>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public static BodyPattern Named(string name) =>
        All.FirstOrDefault(pattern => pattern.Name == name)
        ?? throw new ArgumentException($"no pattern '{name}'; there are {string.Join(", ", All.Select(p => p.Name))}", nameof(name));

    // Angles in radians, phases in turns. Named after the figures of the Yang form, seen from the front and simplified.
    private static IEnumerable<BodyPattern> TaiChi() =>
    [
        new()
        {
            Name = "commencing", Period = 4.6f, Squat = Wave(0.35f, 0.3f, 0.5f),
            ShoulderLeft = Wave(0.85f, 0.65f), ShoulderRight = Wave(0.85f, 0.65f),
            ElbowLeft = Wave(0.1f, 0.3f, 0.4f), ElbowRight = Wave(0.1f, 0.3f, 0.4f),
        },
        new()
        {
            Name = "wave-hands-like-clouds", Period = 4.8f, RightArmNearer = true, X = Wave(0, 0.2f), Sway = Wave(0, 0.09f),
            Head = Wave(0, 0.28f),
            ShoulderLeft = Wave(0.7f, 0.75f, 0.5f), ShoulderRight = Wave(0.7f, 0.75f),
            ElbowLeft = Wave(-0.5f, 0.6f, 0.6f), ElbowRight = Wave(-0.5f, 0.6f, 0.1f),
        },
        new()
        {
            Name = "grasp-sparrows-tail", Period = 5, X = Wave(0, 0.14f, 0.25f),
            Lean = Wave(0.02f, 0.12f, 0.25f), Stance = Hold(0.5f), Squat = Wave(0.4f, 0.15f),
            ShoulderLeft = Keys(0.1f, 0.9f, 1.5f, 0.5f), ElbowLeft = Keys(-1, -0.5f, 0.3f, -0.8f),
            ShoulderRight = Keys(0.3f, 0.1f, 0.9f, 0.4f), ElbowRight = Keys(-0.5f, -1.1f, -0.9f, -0.6f),
        },
        new()
        {
            Name = "parting-mane", Period = 4.8f, X = Wave(0, 0.16f, 0.05f),
            Lean = Wave(0, 0.1f), Stance = Wave(0.4f, 0.25f, 0.1f),
            ShoulderLeft = Wave(0.8f, 0.9f, 0.5f), ShoulderRight = Wave(0.8f, 0.9f),
            ElbowLeft = Hold(0.25f), ElbowRight = Hold(0.25f),
        },
        new()
        {
            Name = "single-whip", Period = 5, X = Wave(0.02f, 0.1f), Stance = Wave(0.6f, 0.3f),
            Squat = Wave(0.4f, 0.2f), Head = Wave(0.1f, 0.15f, 0.3f),
            ShoulderLeft = Wave(1.6f, 0.15f), ElbowLeft = Wave(-0.2f, 0.15f),
            ShoulderRight = Keys(-0.25f, 0.5f, 1.45f, 0.7f), ElbowRight = Keys(-1, -0.6f, 0.3f, -0.5f),
        },
        new()
        {
            Name = "push", Period = 4, Sway = Wave(0, 0.07f), Squat = Wave(0.35f, 0.2f, 0.25f),
            ShoulderLeft = Wave(0.35f, 0.4f), ShoulderRight = Wave(0.35f, 0.4f),
            ElbowLeft = Wave(-1.1f, 0.5f, 0.5f), ElbowRight = Wave(-1.1f, 0.5f, 0.5f),
        },
        new()
        {
            Name = "ward-off", Period = 4.4f, X = Wave(0.03f, 0.12f), Stance = Hold(0.55f),
            Squat = Wave(0.35f, 0.15f, 0.5f), RightArmNearer = true,
            ShoulderLeft = Wave(0.35f, 0.2f, 0.5f), ElbowLeft = Wave(0.1f, 0.15f),
            ShoulderRight = Wave(1, 0.5f), ElbowRight = Wave(-1.1f, 0.35f, 0.2f),
        },
        new()
        {
            Name = "white-crane", Period = 4.8f, Squat = Wave(0.2f, 0.15f), Lean = Wave(-0.05f, 0.08f), Stance = Hold(0.15f),
            ShoulderLeft = Wave(0.45f, 0.25f, 0.5f), ElbowLeft = Hold(0.1f),
            ShoulderRight = Wave(1.8f, 0.65f), ElbowRight = Wave(0.5f, 0.3f),
        },
        new()
        {
            Name = "brush-knee", Period = 4.6f, X = Wave(0, 0.1f, 0.5f), Lean = Wave(0, 0.14f, 0.5f),
            Squat = Wave(0.45f, 0.2f, 0, 0.1f), Stance = Hold(0.5f),
            ShoulderLeft = Keys(-0.35f, 0.4f, 0.8f, 0.3f), ElbowLeft = Keys(-0.9f, -0.1f, 0.1f, -0.4f),
            ShoulderRight = Keys(1.4f, 0.9f, 0.2f, 0.7f), ElbowRight = Keys(0.6f, 0.2f, -1, 0),
        },
        new()
        {
            Name = "repulse-monkey", Period = 4.2f, Squat = Wave(0.3f, 0.1f), Sway = Wave(0, 0.08f, 0.25f), Step = Wave(0, 0.35f, 0.25f),
            ShoulderLeft = Wave(0.6f, 0.85f), ShoulderRight = Wave(0.6f, 0.85f, 0.5f),
            ElbowLeft = Wave(-0.1f, 0.7f), ElbowRight = Wave(-0.1f, 0.7f, 0.5f),
        },
        new()
        {
            Name = "golden-rooster", Period = 5, Step = Wave(0, 1), Sway = Wave(0, 0.07f, 0.5f),
            Squat = Hold(0.08f), Stance = Hold(0.1f),
            ShoulderLeft = Wave(0.9f, 0.7f, 0.5f), ShoulderRight = Wave(0.9f, 0.7f),
            ElbowLeft = Wave(0.5f, 0.5f, 0.5f), ElbowRight = Wave(0.5f, 0.5f),
        },
        new()
        {
            Name = "snake-creeps-down", Period = 5.2f,
            Squat = Wave(0.55f, 0.42f), Stance = Wave(0.6f, 0.35f), Lean = Wave(0.12f, 0.2f), X = Wave(0, 0.1f),
            ShoulderLeft = Wave(1.2f, 0.35f, 0.5f), ElbowLeft = Hold(0.1f),
            ShoulderRight = Wave(0.6f, 0.55f, 0.1f), ElbowRight = Hold(-0.2f),
        },
        new()
        {
            Name = "fair-lady", Period = 4.8f, Lean = Wave(0, 0.1f, 0.3f), Stance = Hold(0.4f),
            Head = Wave(0, 0.24f), RightArmNearer = true,
            ShoulderLeft = Wave(1.2f, 0.7f), ElbowLeft = Wave(0.1f, 0.8f),
            ShoulderRight = Wave(0.5f, 0.45f, 0.25f), ElbowRight = Wave(-0.9f, 0.4f, 0.25f),
        },
        new()
        {
            Name = "fan-through-back", Period = 4.4f, X = Wave(0, 0.12f, 0.25f), Stance = Hold(0.6f), Squat = Wave(0.5f, 0.15f),
            ShoulderLeft = Wave(0.9f, 0.55f), ElbowLeft = Wave(-0.6f, 0.6f),
            ShoulderRight = Wave(1.9f, 0.35f, 0.5f), ElbowRight = Wave(0.7f, 0.25f, 0.5f),
        },
        new()
        {
            Name = "needle-at-sea-bottom", Period = 4.6f, Lean = Wave(-0.16f, 0.22f),
            Squat = Wave(0.5f, 0.3f), Head = Wave(-0.1f, 0.15f),
            ShoulderLeft = Wave(0.4f, 0.2f), ElbowLeft = Hold(-0.1f),
            ShoulderRight = Wave(0.15f, 0.55f, 0.5f), ElbowRight = Wave(-0.3f, 0.5f, 0.5f),
        },
        new()
        {
            Name = "heel-kick", Period = 4.8f, Step = Keys(0, 0.9f, 1, 0.2f), Sway = Keys(0, -0.07f, -0.08f, -0.02f),
            Squat = Hold(0.1f), Lean = Keys(0, -0.1f, -0.12f, -0.02f),
            ShoulderLeft = Keys(0.3f, 1.3f, 1.45f, 0.7f), ShoulderRight = Keys(0.3f, 1.3f, 1.45f, 0.7f),
            ElbowLeft = Keys(-0.9f, 0, 0.2f, -0.4f), ElbowRight = Keys(-0.9f, 0, 0.2f, -0.4f),
        },
        new()
        {
            Name = "cross-hands", Period = 4.2f, Squat = Wave(0.3f, 0.2f, 0.5f), RightArmNearer = true,
            ShoulderLeft = Wave(0.5f, 0.9f), ShoulderRight = Wave(0.5f, 0.9f),
            ElbowLeft = Wave(-0.3f, 0.55f), ElbowRight = Wave(-0.3f, 0.55f),
        },
        new()
        {
            Name = "play-the-lute", Period = 4, Sway = Wave(0, 0.09f), Lean = Wave(0, 0.05f, 0.5f), Squat = Hold(0.3f),
            ShoulderLeft = Wave(1, 0.3f), ElbowLeft = Wave(-0.9f, 0.35f),
            ShoulderRight = Wave(0.5f, 0.3f, 0.5f), ElbowRight = Wave(-1.1f, 0.35f, 0.5f),
        },
    ];

    // Plain exercises between them: the coarse movements of trunk and legs, from which a small network learns first.
    private static IEnumerable<BodyPattern> Exercises() =>
    [
        new()
        {
            Name = "squat", Period = 3.8f, Squat = Wave(0.48f, 0.48f), Stance = Hold(0.5f),
            ShoulderLeft = Wave(1, 0.45f), ShoulderRight = Wave(1, 0.45f), ElbowLeft = Hold(-0.2f), ElbowRight = Hold(-0.2f),
        },
        new()
        {
            Name = "side-step", Period = 4.4f, X = Wave(0, 0.27f), Step = Wave(0, 0.5f, 0.25f), Stance = Wave(0.4f, 0, 0, 0.35f), Squat = Wave(0.25f, 0, 0, 0.15f),
            ShoulderLeft = Wave(0.55f, 0.15f), ShoulderRight = Wave(0.55f, 0.15f, 0.5f),
            ElbowLeft = Hold(-0.6f), ElbowRight = Hold(-0.6f),
        },
        new()
        {
            Name = "sway-like-willow", Period = 4.6f, Lean = Wave(0, 0.3f), Sway = Wave(0, 0.1f), Head = Wave(0, 0.24f),
            ShoulderLeft = Wave(0.5f, 0.25f, 0.5f), ShoulderRight = Wave(0.5f, 0.25f),
            ElbowLeft = Hold(0.15f), ElbowRight = Hold(0.15f),
        },
        new()
        {
            Name = "lift-the-sky", Period = 4.8f, Squat = Wave(0.15f, 0.12f, 0.5f), Stance = Hold(0.3f),
            ShoulderLeft = Wave(1.75f, 0.75f), ShoulderRight = Wave(1.75f, 0.75f),
            ElbowLeft = Wave(0.35f, 0.3f), ElbowRight = Wave(0.35f, 0.3f),
        },
        new()
        {
            Name = "draw-the-bow", Period = 5, Squat = Hold(0.6f), Stance = Hold(0.8f), Head = Wave(0, 0.28f), X = Wave(0, 0.06f),
            ShoulderLeft = Wave(1.3f, 0.2f), ShoulderRight = Wave(1.3f, 0.2f, 0.5f),
            ElbowLeft = Wave(-0.5f, 0.7f), ElbowRight = Wave(-0.5f, 0.7f, 0.5f),
        },
        new()
        {
            Name = "windmill", Period = 4.6f, Lean = Wave(0, 0.12f, 0.25f),
            ShoulderLeft = Wave(1.2f, 1), ShoulderRight = Wave(1.2f, 1, 0.25f), ElbowLeft = Hold(0.1f), ElbowRight = Hold(0.1f),
        },
        new()
        {
            Name = "embrace-the-tree", Period = 4.2f,
            Squat = Wave(0.45f, 0.35f), Sway = Wave(0, 0.07f, 0.2f), Stance = Hold(0.45f),
            ShoulderLeft = Wave(1.05f, 0.12f), ShoulderRight = Wave(1.05f, 0.12f),
            ElbowLeft = Wave(-1.2f, 0.25f), ElbowRight = Wave(-1.2f, 0.25f),
        },
        new()
        {
            Name = "shift-weight", Period = 4, Sway = Wave(0, 0.16f), Stance = Hold(0.85f),
            Squat = Hold(0.45f), Lean = Wave(0, 0.06f, 0.5f),
            ShoulderLeft = Wave(0.6f, 0.2f), ShoulderRight = Wave(0.6f, 0.2f), ElbowLeft = Hold(-0.7f), ElbowRight = Hold(-0.7f),
        },
        new()
        {
            Name = "greet-left", Period = 3.6f, Lean = Wave(0, 0.05f), Head = Wave(0, 0.28f), Stance = Hold(0.15f),
            ShoulderLeft = Wave(1.8f, 0.25f), ElbowLeft = Wave(0.6f, 0.55f),
            ShoulderRight = Wave(0.3f, 0.1f), ElbowRight = Hold(0.1f),
        },
        new()
        {
            Name = "stretch-sideways", Period = 4.8f,
            Lean = Wave(-0.1f, 0.25f), Sway = Wave(0, 0.09f, 0.5f), Stance = Hold(0.5f), Head = Wave(0, 0.28f),
            ShoulderLeft = Hold(0.35f), ElbowLeft = Hold(-0.3f),
            ShoulderRight = Wave(1.9f, 0.6f, 0.5f), ElbowRight = Wave(0.5f, 0.4f, 0.5f),
        },
    ];
}
