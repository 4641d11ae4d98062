using Leo.Lab.Media;

namespace Leo.Lab.Data.Puppets;

/// <summary>
/// Paints puppets in software, deterministically: the same identity and pose give the same bytes in any order and from
/// any thread.
/// </summary>
internal static class PuppetRenderer
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
        var canvas = new BodyPainter(identity, size, trackParts: true).Paint(pose);
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

/// <summary>What stands behind a puppet: a soft vertical gradient, for bodies a floor, and a mild vignette. It never moves.</summary>
/// <param name="Top">Colour at the top.</param>
/// <param name="Bottom">Colour of the wall further down.</param>
/// <param name="Floor">Colour of the floor.</param>
/// <param name="Horizon">Where the floor starts, image y; 2 for none.</param>
/// <param name="Glow">Strength of a soft light on the wall, [0, 0.15].</param>
/// <param name="GlowX">Where that light is, image x.</param>
/// <param name="GlowY">Where that light is, image y.</param>
/// <param name="Vignette">How much darker the corners are, [0, 0.3].</param>
public sealed record Backdrop(
    Rgb Top, Rgb Bottom, Rgb Floor, float Horizon, float Glow, float GlowX, float GlowY, float Vignette)
{
    /// <summary>Paints it.</summary>
    /// <returns><c>[size, size, 3]</c> in [0, 1].</returns>
    internal float[] Paint(int size)
    {
        float[] pixels = new float[size * size * 3];
        for (int row = 0; row < size; row++)
        {
            float y = ((row + 0.5f) * 2 / size) - 1;
            float floor = Math.Clamp(((y - Horizon) * size / 4) + 0.5f, 0, 1); // an edge two pixels soft
            var base0 = Top.Mix(Bottom, (y + 1) / 2).Mix(Floor, floor);
            for (int column = 0; column < size; column++)
            {
                float x = ((column + 0.5f) * 2 / size) - 1, gx = x - GlowX, gy = y - GlowY;
                float light = 1 + (Glow / (1 + (2 * ((gx * gx) + (gy * gy))))) - (Vignette * 0.5f * ((x * x) + (y * y)) * 0.5f);
                var colour = base0 * light;
                int i = ((row * size) + column) * 3;
                (pixels[i], pixels[i + 1], pixels[i + 2]) = (colour.R, colour.G, colour.B);
            }
        }

        return pixels;
    }
}
