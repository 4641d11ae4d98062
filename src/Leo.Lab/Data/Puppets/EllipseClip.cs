using System.Numerics;

namespace Leo.Lab.Data.Puppets;

/// <summary>Keeps what is painted inside a turned ellipse: an iris stays within its eye.</summary>
internal readonly record struct EllipseClip(Vector2 Centre, float RadiusX, float RadiusY, Vector2 Across)
{
    /// <summary>How much of the pixel at (x, y) lies inside, [0, 1].</summary>
    public float Coverage(float x, float y, float step)
    {
        float dx = x - Centre.X, dy = y - Centre.Y;
        float u = ((dx * Across.X) + (dy * Across.Y)) / RadiusX, v = ((-dx * Across.Y) + (dy * Across.X)) / RadiusY;
        return Math.Clamp(0.5f - (Canvas.EllipseDistance(u, v, 1 / RadiusX, 1 / RadiusY) / step), 0, 1);
    }
}
