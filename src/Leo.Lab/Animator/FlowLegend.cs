using Leo.Lab.Media;

namespace Leo.Lab.Animator;

/// <summary>What the colours of <see cref="FlowPictures"/> mean, as a picture: a wheel in which every place has the colour of the flow that points there from the middle.</summary>
public static class FlowLegend
{
    /// <summary>Paints the wheel on white: white in the middle is stillness, full colour at the rim the longest flow.</summary>
    /// <param name="size">Side in pixels.</param>
    public static Image Wheel(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 3);
        var (x, y) = (new float[size * size], new float[size * size]);
        float middle = (size - 1) / 2f, radius = middle - 0.5f;
        for (int i = 0; i < x.Length; i++)
        {
            (x[i], y[i]) = (((i % size) - middle) / radius, ((i / size) - middle) / radius);
            if ((x[i] * x[i]) + (y[i] * y[i]) > 1)
                (x[i], y[i]) = (0, 0);
        }
        return new Image(size, size, FlowColors.ToRgb(x, y, 1));
    }
}
