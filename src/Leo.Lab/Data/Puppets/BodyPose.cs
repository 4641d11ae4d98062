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
