using System.Numerics;

namespace Leo.Lab.Data.Puppets;

/// <summary>Where the joints of a body are in the image: x to the right, y down, −1 … 1 from edge to edge.</summary>
public sealed record BodySkeleton
{
    /// <summary>The joints, in the order of <see cref="ToArray"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "hip", "neck", "head", "shoulder_left", "elbow_left", "hand_left", "shoulder_right", "elbow_right", "hand_right",
        "knee_left", "foot_left", "knee_right", "foot_right",
    ];

    /// <summary>The joints' positions, in the order of <see cref="Names"/>.</summary>
    public required IReadOnlyList<Vector2> Joints { get; init; }

    /// <summary>The trunk's angle from upright.</summary>
    public required float TrunkAngle { get; init; }

    /// <summary>The head's angle from upright.</summary>
    public required float HeadAngle { get; init; }

    /// <summary>The position of a joint.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such joint.</exception>
    public Vector2 this[string name]
    {
        get
        {
            for (int i = 0; i < Names.Count; i++)
            {
                if (Names[i] == name)
                {
                    return Joints[i];
                }
            }

            throw new ArgumentException($"no joint '{name}'; there are {string.Join(", ", Names)}", nameof(name));
        }
    }

    /// <summary>x and y of every joint, one after the other.</summary>
    public float[] ToArray() => Joints.SelectMany(joint => new[] { joint.X, joint.Y }).ToArray();

    /// <summary>Puts a person into a pose (forward kinematics; the legs by the law of cosines, the knees outwards).</summary>
    /// <param name="who">The person.</param>
    /// <param name="pose">The pose.</param>
    public static BodySkeleton Of(BodyIdentity who, BodyPose pose)
    {
        float legs = 0.66f * who.Height, ground = GroundY;
        Vector2 hip = new(pose.X + pose.Sway, ground - (legs * (0.99f - (0.3f * pose.Squat))));
        Vector2 up = Heading(pose.Lean), across = new(-up.Y, up.X);
        Vector2 neck = hip + (0.57f * who.Height * up);
        float headAngle = (0.5f * pose.Lean) + pose.Head;
        Vector2 head = neck + (1.12f * who.Head * Heading(headAngle));

        (Vector2 Shoulder, Vector2 Elbow, Vector2 Hand) Arm(float side, float shoulder, float elbow)
        {
            float length = 0.295f * who.Height * who.Arms;
            Vector2 start = neck + (side * (who.Shoulders - 0.03f) * across) - (0.085f * up);
            Vector2 Reach(float angle) => length * new Vector2(side * (float)Math.Sin(angle), (float)Math.Cos(angle));
            // An arm hangs from a leaning trunk half along it, half straight down.
            float hang = shoulder - (side * 0.5f * pose.Lean);
            Vector2 middle = start + Reach(hang);
            return (start, middle, middle + (0.92f * Reach(hang + elbow)));
        }

        (Vector2 Knee, Vector2 Foot) Leg(float side)
        {
            float lift = Math.Max(0, side * pose.Step), half = legs / 2;
            Vector2 start = HipSocket(who, hip, side);
            Vector2 foot = new(pose.X + (side * (0.13f + (0.16f * pose.Stance) + (0.1f * lift))), ground - (0.24f * lift));
            Vector2 line = foot - start;
            float distance = Math.Max(line.Length(), 1e-4f);
            float out0 = MathF.Sqrt(Math.Max(0, (half * half) - (distance * distance / 4)));
            Vector2 knee = start + (line / 2) + (side * 0.72f * Math.Min(out0, 0.2f) / distance * new Vector2(line.Y, -line.X));
            return (knee, foot);
        }

        var left = Arm(-1, pose.ShoulderLeft, pose.ElbowLeft);
        var right = Arm(1, pose.ShoulderRight, pose.ElbowRight);
        var (kneeLeft, footLeft) = Leg(-1);
        var (kneeRight, footRight) = Leg(1);
        return new BodySkeleton
        {
            Joints =
            [
                hip, neck, head, left.Shoulder, left.Elbow, left.Hand, right.Shoulder, right.Elbow, right.Hand,
                kneeLeft, footLeft, kneeRight, footRight,
            ],
            TrunkAngle = pose.Lean,
            HeadAngle = headAngle,
        };
    }

    /// <summary>Where the ankles of a standing body are.</summary>
    internal const float GroundY = 0.83f;

    internal static Vector2 HipSocket(BodyIdentity who, Vector2 hip, float side) =>
        hip + new Vector2(side * ((0.95f * who.Hips) - 0.09f), 0);

    internal static Vector2 Heading(float angle) => new((float)Math.Sin(angle), -(float)Math.Cos(angle));
}
