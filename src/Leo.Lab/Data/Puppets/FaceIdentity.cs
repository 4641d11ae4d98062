using System.Numerics;

namespace Leo.Lab.Data.Puppets;

/// <summary>Who a face is: proportions, colours, hair, everything that stays when it moves.</summary>
public sealed record FaceIdentity
{
    /// <summary>Skin colour.</summary>
    public Rgb Skin { get; init; }

    /// <summary>Hair colour.</summary>
    public Rgb Hair { get; init; }

    /// <summary>Colour of the irises.</summary>
    public Rgb Iris { get; init; }

    /// <summary>Colour of the lips.</summary>
    public Rgb Lips { get; init; }

    /// <summary>Colour of the clothes.</summary>
    public Rgb Clothes { get; init; }

    /// <summary>The clothes' second colour: stripes.</summary>
    public Rgb Accent { get; init; }

    /// <summary>Half the width of the head, image units, [0.46, 0.54].</summary>
    public float Width { get; init; } = 0.5f;

    /// <summary>Half the height of the head, image units, [0.58, 0.66].</summary>
    public float Height { get; init; } = 0.62f;

    /// <summary>Width of the jaw against the head's, [0.72, 0.95].</summary>
    public float Jaw { get; init; } = 0.85f;

    /// <summary>Size of the eyes against the mean, [0.92, 1.12].</summary>
    public float Eyes { get; init; } = 1;

    /// <summary>Distance of an eye from the middle, image units, [0.205, 0.235].</summary>
    public float EyeDistance { get; init; } = 0.22f;

    /// <summary>Thickness of the brows, image units, [0.02, 0.036].</summary>
    public float Brows { get; init; } = 0.028f;

    /// <summary>Width of the nose against the mean, [0.8, 1.3].</summary>
    public float Nose { get; init; } = 1;

    /// <summary>Half the width of the resting mouth, image units, [0.17, 0.21].</summary>
    public float Mouth { get; init; } = 0.19f;

    /// <summary>Fullness of the lips, image units, [0.022, 0.042].</summary>
    public float LipFullness { get; init; } = 0.03f;

    /// <summary>How much hair: 0 bald … 1 full.</summary>
    public float HairAmount { get; init; } = 1;

    /// <summary>How far hair stands off the head, 0 … 1.</summary>
    public float HairVolume { get; init; } = 0.5f;

    /// <summary>How far hair falls: 0 short … 1 over the shoulders.</summary>
    public float HairLength { get; init; }

    /// <summary>Height of the fringe over the brows: 0 high … 1 low.</summary>
    public float Fringe { get; init; } = 0.4f;

    /// <summary>Where the hair is parted, −1 left … 1 right.</summary>
    public float Parting { get; init; }

    /// <summary>Strength of the beard, 0 none … 0.85.</summary>
    public float Beard { get; init; }

    /// <summary>Strength of the glasses' frame, 0 none … 1.</summary>
    public float Glasses { get; init; }

    /// <summary>Half the width of the shoulders, image units, [0.78, 1].</summary>
    public float Shoulders { get; init; } = 0.88f;

    /// <summary>Depth of the neckline, 0 closed … 1.</summary>
    public float Neckline { get; init; } = 0.5f;

    /// <summary>Strength of stripes on the clothes, 0 none … 0.6.</summary>
    public float Stripes { get; init; }

    /// <summary>What stands behind.</summary>
    public required Backdrop Backdrop { get; init; }

    /// <summary>Draws a person. The same seed and number always give the same one, other numbers others.</summary>
    /// <param name="seed">The data set's seed.</param>
    /// <param name="number">The person's number in it.</param>
    public static FaceIdentity Draw(long seed, int number)
    {
        var r = new PuppetRandom(seed, "face identity", number);
        Rgb skin = Palette.Skin(r), hair = Palette.Hair(r, skin);
        var wall = Palette.Wall(r, 0.45f, skin, hair);
        var lips = skin.Mix(new Rgb(r.Range(0.6f, 0.8f), r.Range(0.08f, 0.2f), r.Range(0.12f, 0.28f)), r.Range(0.55f, 0.8f));
        bool bald = r.Chance(0.1f), lengthy = r.Chance(0.5f), beard = !lengthy && r.Chance(0.35f);
        var clothes = Palette.Cloth(r, 0.5f, wall, skin);
        return new FaceIdentity
        {
            Skin = skin,
            Hair = hair,
            Iris = Palette.Iris(r),
            Lips = lips * (skin.Luma() < 0.4f ? 0.9f : 0.85f),
            Clothes = clothes,
            Accent = Palette.Cloth(r, 0.4f, clothes),
            Width = r.Range(0.46f, 0.54f),
            Height = r.Range(0.58f, 0.66f),
            Jaw = r.Range(0.72f, 0.95f),
            Eyes = r.Range(0.92f, 1.12f),
            EyeDistance = r.Range(0.205f, 0.235f),
            Brows = r.Range(0.02f, 0.036f),
            Nose = r.Range(0.8f, 1.3f),
            Mouth = r.Range(0.17f, 0.21f),
            LipFullness = r.Range(0.022f, 0.042f),
            HairAmount = bald ? r.Range(0, 0.3f) : 1,
            HairVolume = r.Next(),
            HairLength = lengthy && !bald ? r.Range(0.3f, 1) : 0,
            Fringe = r.Next(),
            Parting = r.Range(-1, 1),
            Beard = beard ? r.Range(0.3f, 0.85f) : 0,
            Glasses = r.Chance(0.2f) ? r.Range(0.7f, 1) : 0,
            Shoulders = r.Range(0.78f, 1),
            Neckline = r.Next(),
            Stripes = r.Chance(0.3f) ? r.Range(0.25f, 0.6f) : 0,
            Backdrop = new Backdrop(
                wall, wall * r.Range(0.75f, 1.05f), wall, 2, r.Range(0, 0.15f), r.Range(-0.8f, 0.8f), r.Range(-0.9f, 0.2f), r.Range(0, 0.3f)),
        };
    }
}

/// <summary>Where the features of a face are in the image: x to the right, y down, −1 … 1 from edge to edge.</summary>
public sealed record FaceLayout
{
    /// <summary>The features, in the order of <see cref="Features"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["head", "eye_left", "eye_right", "brow_left", "brow_right", "nose", "mouth", "mouth_left", "mouth_right", "lower_lip", "chin"];

    /// <summary>The features' positions, in the order of <see cref="Names"/>.</summary>
    public required IReadOnlyList<Vector2> Features { get; init; }

    /// <summary>Where the neck meets the shoulders: they follow the head a little.</summary>
    public required Vector2 Collar { get; init; }

    /// <summary>Half the opening of the mouth, image units.</summary>
    public required float Opening { get; init; }

    /// <summary>Half the width of the mouth, image units.</summary>
    public required float MouthWidth { get; init; }

    /// <summary>x and y of every feature, one after the other.</summary>
    public float[] ToArray() => Features.SelectMany(feature => new[] { feature.X, feature.Y }).ToArray();

    /// <summary>Puts a face into a pose. Turning and nodding shift the features by their depth.</summary>
    /// <param name="who">The person.</param>
    /// <param name="pose">The pose.</param>
    public static FaceLayout Of(FaceIdentity who, FacePose pose)
    {
        var head = Centre(pose);
        Vector2 right = new((float)Math.Cos(pose.Roll), (float)Math.Sin(pose.Roll)), down = new(-right.Y, right.X);
        Vector2 At(float u, float v) => head + (u * right) + (v * down);
        float yaw = 0.13f * pose.Yaw, pitch = 0.09f * pose.Pitch;
        float opening = 0.14f * pose.Mouth, width = who.Mouth * (1 + (0.28f * pose.Smile) - (0.16f * pose.Mouth));
        float eyes = EyeHeight + pitch, brows = eyes - 0.165f - (0.062f * pose.Brows), mouth = MouthHeight + (1.15f * pitch) + (0.35f * opening);
        float corner = mouth - (0.058f * pose.Smile);
        return new FaceLayout
        {
            Features =
            [
                head, At(yaw - EyeOffset(who, pose, -1), eyes), At(yaw + EyeOffset(who, pose, 1), eyes),
                At((yaw * 1.02f) - EyeOffset(who, pose, -1), brows), At((yaw * 1.02f) + EyeOffset(who, pose, 1), brows),
                At(yaw * 1.45f, 0.1f + (1.4f * pitch)), At(yaw, mouth), At(yaw - width, corner), At(yaw + width, corner),
                At(yaw, mouth + opening + who.LipFullness), At(yaw * 0.8f, who.Height + (0.8f * pitch) + (0.4f * opening)),
            ],
            Collar = new Vector2(0.4f * head.X, 0.72f + (0.15f * pose.Y)),
            Opening = opening,
            MouthWidth = width,
        };
    }

    internal const float EyeHeight = -0.09f;
    internal const float MouthHeight = 0.33f;

    internal static Vector2 Centre(FacePose pose) => new(pose.X, -0.13f + pose.Y);

    // The eye that turns away comes nearer to the middle.
    private static float EyeOffset(FaceIdentity who, FacePose pose, float side) =>
        who.EyeDistance * (1 - (0.14f * side * pose.Yaw));
}
