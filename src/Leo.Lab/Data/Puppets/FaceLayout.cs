using System.Numerics;

namespace Leo.Lab.Data.Puppets;

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
        Vector2 head = Centre(pose);
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
