using System.Numerics;

namespace Leo.Lab.Data.Puppets;

/// <summary>Who a body is: proportions, colours and clothes, everything that stays when it moves.</summary>
public sealed record BodyIdentity
{
    /// <summary>Skin colour.</summary>
    public Rgb Skin { get; init; }

    /// <summary>Hair colour.</summary>
    public Rgb Hair { get; init; }

    /// <summary>Colour of the jacket or shirt.</summary>
    public Rgb Top { get; init; }

    /// <summary>The shirt's second colour: chest band, stripes.</summary>
    public Rgb Accent { get; init; }

    /// <summary>Colour of the trousers.</summary>
    public Rgb Trousers { get; init; }

    /// <summary>Colour of the belt.</summary>
    public Rgb Belt { get; init; }

    /// <summary>Colour of the shoes.</summary>
    public Rgb Shoes { get; init; }

    /// <summary>Height against the mean, [0.92, 1.06].</summary>
    public float Height { get; init; } = 1;

    /// <summary>Thickness of the limbs against the mean, [0.88, 1.2].</summary>
    public float Build { get; init; } = 1;

    /// <summary>Half the width of the shoulders, image units, [0.19, 0.25].</summary>
    public float Shoulders { get; init; } = 0.22f;

    /// <summary>Half the width of the hips, image units, [0.155, 0.205].</summary>
    public float Hips { get; init; } = 0.18f;

    /// <summary>Length of the arms against the mean, [0.92, 1.06].</summary>
    public float Arms { get; init; } = 1;

    /// <summary>Radius of the head, image units, [0.165, 0.205].</summary>
    public float Head { get; init; } = 0.185f;

    /// <summary>How much hair: 0 bald … 1 full.</summary>
    public float HairAmount { get; init; } = 1;

    /// <summary>How far hair stands off the head, 0 … 1.</summary>
    public float HairVolume { get; init; } = 0.5f;

    /// <summary>How far hair falls: 0 short … 1 below the shoulders.</summary>
    public float HairLength { get; init; }

    /// <summary>Size of a bun on top, 0 none … 1.</summary>
    public float Bun { get; init; }

    /// <summary>Sleeves: 0.4 short … 1 to the elbow … 2 to the wrist.</summary>
    public float Sleeves { get; init; } = 2;

    /// <summary>Trouser legs: 1 to the knee … 2 to the ankle.</summary>
    public float TrouserLegs { get; init; } = 2;

    /// <summary>How far the jacket falls below the hip, image units, [0, 0.14].</summary>
    public float Hem { get; init; }

    /// <summary>Height of the chest band against the trunk's, 0 none … 0.22.</summary>
    public float Band { get; init; }

    /// <summary>Strength of the shirt's stripes, 0 none … 0.6.</summary>
    public float Stripes { get; init; }

    /// <summary>Width of the belt against the trunk's length, 0 none … 0.12.</summary>
    public float BeltWidth { get; init; }

    /// <summary>What stands behind.</summary>
    public required Backdrop Backdrop { get; init; }

    /// <summary>Draws a person. The same seed and number always give the same one, other numbers others.</summary>
    /// <param name="seed">The data set's seed.</param>
    /// <param name="number">The person's number in it.</param>
    public static BodyIdentity Draw(long seed, int number)
    {
        var r = new PuppetRandom(seed, "body identity", number);
        var skin = Palette.Skin(r);
        var wall = Palette.Wall(r, 0.5f, skin);
        Rgb top = Palette.Cloth(r, 0.55f, wall, skin), trousers = Palette.Cloth(r, 0.5f, wall, top);
        var lower = wall * r.Range(0.86f, 1.02f);
        var floor = lower.Mix(Rgb.FromHsv(r.Next(), 0.3f, lower.Luma()), 0.35f) * r.Range(0.78f, 0.9f);
        bool bald = r.Chance(0.12f), lengthy = r.Chance(0.45f), shortSleeves = r.Chance(0.4f);
        return new BodyIdentity
        {
            Skin = skin,
            Hair = Palette.Hair(r, skin),
            Top = top,
            Accent = Palette.Cloth(r, 0.5f, top, wall),
            Trousers = trousers,
            Belt = Palette.Cloth(r, 0.45f, top, trousers),
            Shoes = Palette.Cloth(r, 0.35f, floor, trousers) * 0.8f,
            Height = r.Range(0.92f, 1.06f),
            Build = r.Range(0.88f, 1.2f),
            Shoulders = r.Range(0.19f, 0.25f),
            Hips = r.Range(0.155f, 0.205f),
            Arms = r.Range(0.92f, 1.06f),
            Head = r.Range(0.165f, 0.205f),
            HairAmount = bald ? r.Range(0, 0.3f) : 1,
            HairVolume = r.Next(),
            HairLength = lengthy && !bald ? r.Range(0.3f, 1) : 0,
            Bun = !bald && r.Chance(0.2f) ? r.Range(0.5f, 1) : 0,
            Sleeves = shortSleeves ? r.Range(0.5f, 1.1f) : r.Range(1.6f, 2),
            TrouserLegs = r.Chance(0.25f) ? r.Range(1, 1.4f) : 2,
            Hem = r.Range(0, 0.13f),
            Band = r.Chance(0.3f) ? r.Range(0.12f, 0.22f) : 0,
            Stripes = r.Chance(0.25f) ? r.Range(0.25f, 0.6f) : 0,
            BeltWidth = r.Chance(0.5f) ? r.Range(0.07f, 0.12f) : 0,
            Backdrop = new Backdrop(
                wall, lower, floor, r.Range(0.45f, 0.72f), r.Range(0, 0.12f), r.Range(-0.8f, 0.8f), r.Range(-0.9f, 0), r.Range(0, 0.25f)),
        };
    }
}

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
        var neck = hip + (0.57f * who.Height * up);
        float headAngle = (0.5f * pose.Lean) + pose.Head;
        var head = neck + (1.12f * who.Head * Heading(headAngle));

        (Vector2 Shoulder, Vector2 Elbow, Vector2 Hand) Arm(float side, float shoulder, float elbow)
        {
            float length = 0.295f * who.Height * who.Arms;
            var start = neck + (side * (who.Shoulders - 0.03f) * across) - (0.085f * up);
            Vector2 Reach(float angle) => length * new Vector2(side * (float)Math.Sin(angle), (float)Math.Cos(angle));
            // An arm hangs from a leaning trunk half along it, half straight down.
            float hang = shoulder - (side * 0.5f * pose.Lean);
            var middle = start + Reach(hang);
            return (start, middle, middle + (0.92f * Reach(hang + elbow)));
        }

        (Vector2 Knee, Vector2 Foot) Leg(float side)
        {
            float lift = Math.Max(0, side * pose.Step), half = legs / 2;
            var start = HipSocket(who, hip, side);
            Vector2 foot = new(pose.X + (side * (0.13f + (0.16f * pose.Stance) + (0.1f * lift))), ground - (0.24f * lift));
            var line = foot - start;
            float distance = Math.Max(line.Length(), 1e-4f);
            float out0 = MathF.Sqrt(Math.Max(0, (half * half) - (distance * distance / 4)));
            var knee = start + (line / 2) + (side * 0.72f * Math.Min(out0, 0.2f) / distance * new Vector2(line.Y, -line.X));
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
