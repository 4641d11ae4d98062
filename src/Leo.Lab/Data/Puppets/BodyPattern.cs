namespace Leo.Lab.Data.Puppets;

/// <summary>A named motion of a body: a closed curve for every degree of freedom, and how long one cycle takes.</summary>
public sealed partial record BodyPattern
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
            BodyPose pose = At(start + (seconds * tempo / Period), amplitude);
            poses[i] = pose with
            {
                X = Math.Clamp(pose.X + home + (drift * PoseTrack.Sine((seconds / driftPeriod) + driftStart)), -0.3f, 0.3f),
                Squat = Math.Clamp(pose.Squat + sink + (sink * PoseTrack.Sine((seconds / sinkPeriod) + sinkStart)), 0, 1),
                Head = pose.Head + (nod * PoseTrack.Sine((seconds / nodPeriod) + nodStart)),
            };
        }

        return poses;
    }
}
