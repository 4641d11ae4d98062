using System.Numerics;

namespace Leo.Lab.Data.Puppets;

/// <summary>
/// One person who can be put into any pose: their picture and their landmarks as functions of the degrees of freedom, whether a
/// face or a body. Not for use by several threads at once.
/// </summary>
public sealed class PuppetActor
{
    private static readonly float[] FaceSpans = [0.2f, 0.1f, 0.25f, 1, 1, 0.5f, 1, 0.5f, 1, 1];
    private static readonly float[] BodySpans = [0.3f, 0.5f, 0.2f, 0.3f, 1, 0.8f, 1, 0.8f, 0.08f, 0.4f, 0.5f];

    // By the meaning of the variable: a mouth is not more than wide open. What is a place or an angle has no end.
    private static readonly (float, float)[] FaceEnds = [Free, Free, Free, (-1, 1), (-1, 1), (0, 1), (-1, 1), (0, 1), (-1, 1), (-1, 1)];
    private static readonly (float, float)[] BodyEnds = [Free, (0, 1), Free, Free, Free, Free, Free, Free, Free, (0, 1), (-1, 1)];

    private readonly Func<float[], Canvas> paint;
    private readonly Func<float[], IReadOnlyList<Vector2>> landmarks;

    /// <summary>Casts the person of a video.</summary>
    /// <param name="truth">The video's truth.</param>
    /// <param name="size">Side of the pictures, 32 … 256.</param>
    /// <param name="rightArmNearer">Which arm of a body hides the other (<see cref="BodyPose.RightArmNearer"/>); the truth does not tell.</param>
    /// <exception cref="LeoException">The truth names neither a face nor a body.</exception>
    public PuppetActor(PuppetTruth truth, int size = 64, bool rightArmNearer = false)
    {
        PuppetRenderer.CheckSize(size);
        Size = size;
        if (truth.Body is { } body)
        {
            var painter = new BodyPainter(body, size);
            paint = degrees => painter.Paint(BodyPose.FromArray(degrees, rightArmNearer));
            landmarks = degrees => BodySkeleton.Of(body, BodyPose.FromArray(degrees)).Joints;
            (IsBody, Degrees, LandmarkNames) = (true, BodyPose.Names, BodySkeleton.Names);
        }
        else if (truth.Face is { } face)
        {
            var painter = new FacePainter(face, size);
            paint = degrees => painter.Paint(FacePose.FromArray(degrees));
            landmarks = degrees => FaceLayout.Of(face, FacePose.FromArray(degrees)).Features;
            (IsBody, Degrees, LandmarkNames) = (false, FacePose.Names, FaceLayout.Names);
        }
        else
        {
            throw new LeoException("puppet truth", "it has neither a face nor a body", "Make the puppets again with `leo data puppets`");
        }
    }

    /// <summary>Side of the pictures.</summary>
    public int Size { get; }

    /// <summary>Whether this is a whole body.</summary>
    public bool IsBody { get; }

    /// <summary>Names of the degrees of freedom.</summary>
    public IReadOnlyList<string> Degrees { get; }

    /// <summary>Names of the landmarks.</summary>
    public IReadOnlyList<string> LandmarkNames { get; }

    /// <summary>How far each degree of freedom usually goes to either side: its natural unit.</summary>
    public IReadOnlyList<float> Spans => IsBody ? BodySpans : FaceSpans;

    /// <summary>The degrees of freedom in one frame of a video.</summary>
    /// <param name="truth">The video's truth.</param>
    /// <param name="frame">Which frame.</param>
    public static float[] Pose(PuppetTruth truth, int frame) =>
        truth.Pose[frame][..(truth.Body is null ? FacePose.Names.Count : BodyPose.Names.Count)];

    /// <summary>A pose within what its variables can mean: no mouth is more than wide open.</summary>
    public float[] Possible(IReadOnlyList<float> degrees) =>
        [.. degrees.Zip(IsBody ? BodyEnds : FaceEnds, (d, ends) => Math.Clamp(d, ends.Item1, ends.Item2))];

    /// <summary>Paints the person.</summary>
    /// <param name="degrees">As many as <see cref="Degrees"/>.</param>
    /// <returns>Size·Size·3 values in [0, 1], row by row; valid until the next call.</returns>
    public ReadOnlySpan<float> Paint(float[] degrees)
    {
        var pixels = paint(degrees).Pixels;
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = Math.Clamp(pixels[i], 0, 1);
        return pixels;
    }

    /// <summary>Where the landmarks are, −1 … 1 from edge to edge.</summary>
    /// <param name="degrees">As many as <see cref="Degrees"/>.</param>
    public IReadOnlyList<Vector2> Landmarks(float[] degrees) => landmarks(degrees);

    private static (float, float) Free => (float.NegativeInfinity, float.PositiveInfinity);
}
