using Leo.Lab.Media;

namespace Leo.Lab.Data.Puppets;

/// <summary>
/// Paints puppets in software, deterministically: the same identity and pose give the same bytes in any order and from
/// any thread.
/// </summary>
public static class PuppetRenderer
{
    /// <summary>Paints a body.</summary>
    /// <param name="identity">Who.</param>
    /// <param name="pose">How they stand.</param>
    /// <param name="size">Height and width in pixels, 32 … 256.</param>
    /// <returns>The picture, RGB24.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is outside 32 … 256.</exception>
    public static Image Render(BodyIdentity identity, BodyPose pose, int size = 64)
    {
        CheckSize(size);
        return Picture(new BodyPainter(identity, size).Paint(pose));
    }

    /// <summary>Paints a talking head.</summary>
    /// <inheritdoc cref="Render(BodyIdentity, BodyPose, int)"/>
    public static Image Render(FaceIdentity identity, FacePose pose, int size = 64)
    {
        CheckSize(size);
        return Picture(new FacePainter(identity, size).Paint(pose));
    }

    /// <summary>Says for every pixel which parts of a body cover it, the hidden ones too.</summary>
    /// <param name="identity">Who.</param>
    /// <param name="pose">How they stand.</param>
    /// <param name="size">Height and width in pixels, 32 … 256.</param>
    /// <returns><c>size · size</c> values, row by row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is outside 32 … 256.</exception>
    public static BodyParts[] Parts(BodyIdentity identity, BodyPose pose, int size = 64)
    {
        CheckSize(size);
        Canvas canvas = new BodyPainter(identity, size, trackParts: true).Paint(pose);
        return Array.ConvertAll(canvas.Covered!, bits => (BodyParts)bits);
    }

    internal static void CheckSize(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 32);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 256);
    }

    private static Image Picture(Canvas canvas)
    {
        byte[] rgb = new byte[canvas.Size * canvas.Size * 3];
        canvas.CopyTo(rgb);
        return new Image(canvas.Size, canvas.Size, rgb);
    }
}
