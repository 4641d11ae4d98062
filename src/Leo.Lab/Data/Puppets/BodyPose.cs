namespace Leo.Lab.Data.Puppets;

/// <summary>
/// How a body stands: eleven degrees of freedom. Lengths are in image units (the frame is 2 wide), angles in radians;
/// left and right are the image's.
/// </summary>
public readonly record struct BodyPose
{
    /// <summary>The degrees of freedom, in the order of <see cref="ToArray"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "x", "squat", "lean", "head", "shoulder_left", "elbow_left", "shoulder_right", "elbow_right", "sway", "stance", "step",
    ];

    /// <summary>Where the whole body stands, feet and all, image x.</summary>
    public float X { get; init; }

    /// <summary>How deep the knees are bent, 0 upright … 1 low.</summary>
    public float Squat { get; init; }

    /// <summary>The trunk's angle from upright, positive to the right.</summary>
    public float Lean { get; init; }

    /// <summary>The head's angle against the trunk, positive to the right.</summary>
    public float Head { get; init; }

    /// <summary>Left upper arm: 0 hangs down, π/2 points outwards, negative crosses the trunk.</summary>
    public float ShoulderLeft { get; init; }

    /// <summary>Left forearm against the upper arm: positive turns outwards and up, negative inwards.</summary>
    public float ElbowLeft { get; init; }

    /// <summary>As <see cref="ShoulderLeft"/>, mirrored.</summary>
    public float ShoulderRight { get; init; }

    /// <summary>As <see cref="ElbowLeft"/>, mirrored.</summary>
    public float ElbowRight { get; init; }

    /// <summary>How far the hip is shifted over the feet, image units.</summary>
    public float Sway { get; init; }

    /// <summary>How wide apart the feet are, 0 … 1.</summary>
    public float Stance { get; init; }

    /// <summary>Which foot is lifted and how high: −1 left … 0 none … 1 right.</summary>
    public float Step { get; init; }

    /// <summary>Whether the right arm is the one nearer to the viewer, and so hides the other where they cross.</summary>
    public bool RightArmNearer { get; init; }

    /// <summary>The degrees of freedom as numbers.</summary>
    /// <returns>As many as <see cref="Names"/>.</returns>
    public float[] ToArray() =>
        [X, Squat, Lean, Head, ShoulderLeft, ElbowLeft, ShoulderRight, ElbowRight, Sway, Stance, Step];

    /// <summary>The pose of these degrees of freedom.</summary>
    /// <param name="values">As many as <see cref="Names"/>, in that order; more are ignored.</param>
    /// <param name="rightArmNearer">See <see cref="RightArmNearer"/>.</param>
    public static BodyPose FromArray(ReadOnlySpan<float> values, bool rightArmNearer = false) => new()
    {
        X = values[0],
        Squat = values[1],
        Lean = values[2],
        Head = values[3],
        ShoulderLeft = values[4],
        ElbowLeft = values[5],
        ShoulderRight = values[6],
        ElbowRight = values[7],
        Sway = values[8],
        Stance = values[9],
        Step = values[10],
        RightArmNearer = rightArmNearer,
    };
}

/// <summary>
/// Motion without a pattern: every degree of freedom goes its own slow way. In a pattern the joints move together, and
/// an animator that has seen only patterns reads an arm from what usually goes with it; improvised videos to train on
/// make it look at the arm.
/// </summary>
internal static class BodyImprovisation
{
    /// <summary>The name that takes the pattern's place in <see cref="PuppetTruth.Pattern"/>.</summary>
    public const string Name = "improvised";

    /// <summary>One performance; every degree of freedom stays within what the patterns use.</summary>
    /// <param name="seed">Which performance.</param>
    /// <param name="frames">How many frames.</param>
    /// <param name="framesPerSecond">Frames a second.</param>
    public static BodyPose[] Perform(long seed, int frames, double framesPerSecond = 25)
    {
        var r = new PuppetRandom(seed, "body improvisation");
        bool rightArmNearer = r.Next() < 0.5f;
        var ways = new SlowNoise[BodyPose.Names.Count];
        for (int i = 0; i < ways.Length; i++)
        {
            ways[i] = new SlowNoise(r, 0.08f, 0.45f);
        }

        var poses = new BodyPose[frames];
        for (int frame = 0; frame < frames; frame++)
        {
            float seconds = (float)(frame / framesPerSecond);
            float Way(int index, float centre, float swing) => centre + (swing * Math.Clamp(ways[index].At(seconds), -1.15f, 1.15f));
            poses[frame] = new BodyPose
            {
                X = Way(0, 0, 0.24f),
                Squat = Math.Clamp(Way(1, 0.4f, 0.4f), 0, 1),
                Lean = Way(2, 0, 0.16f),
                Head = Way(3, 0, 0.25f),
                ShoulderLeft = Way(4, 0.95f, 0.95f),
                ElbowLeft = Way(5, -0.2f, 0.75f),
                ShoulderRight = Way(6, 0.95f, 0.95f),
                ElbowRight = Way(7, -0.2f, 0.75f),
                Sway = Way(8, 0, 0.07f),
                Stance = Math.Clamp(Way(9, 0.4f, 0.35f), 0, 1),
                Step = Way(10, 0, 0.5f),
                RightArmNearer = rightArmNearer,
            };
        }

        return poses;
    }
}
