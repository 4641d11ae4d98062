namespace Leo.Lab.Data.Puppets;

/// <summary>How a face looks: ten degrees of freedom. Left and right are the image's.</summary>
public readonly record struct FacePose
{
    /// <summary>The degrees of freedom, in the order of <see cref="ToArray"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["x", "y", "roll", "yaw", "pitch", "mouth", "smile", "blink", "brows", "gaze"];

    /// <summary>Centre of the head, image x against its rest.</summary>
    public float X { get; init; }

    /// <summary>Centre of the head, image y against its rest, positive down.</summary>
    public float Y { get; init; }

    /// <summary>Tilt to the right, radians.</summary>
    public float Roll { get; init; }

    /// <summary>Turn to the right, −1 … 1 (about ±35°).</summary>
    public float Yaw { get; init; }

    /// <summary>Nod, −1 up … 1 down (about ±25°).</summary>
    public float Pitch { get; init; }

    /// <summary>How far the mouth is open, 0 … 1.</summary>
    public float Mouth { get; init; }

    /// <summary>−1 narrow, corners down … 1 wide, corners up.</summary>
    public float Smile { get; init; }

    /// <summary>How far both eyes are closed, 0 … 1.</summary>
    public float Blink { get; init; }

    /// <summary>−1 lowered … 1 raised.</summary>
    public float Brows { get; init; }

    /// <summary>Where the eyes look, −1 left … 1 right.</summary>
    public float Gaze { get; init; }

    /// <summary>The degrees of freedom as numbers.</summary>
    /// <returns>As many as <see cref="Names"/>.</returns>
    public float[] ToArray() => [X, Y, Roll, Yaw, Pitch, Mouth, Smile, Blink, Brows, Gaze];

    /// <summary>The pose of these degrees of freedom.</summary>
    /// <param name="values">As many as <see cref="Names"/>, in that order; more are ignored.</param>
    public static FacePose FromArray(ReadOnlySpan<float> values) => new()
    {
        X = values[0],
        Y = values[1],
        Roll = values[2],
        Yaw = values[3],
        Pitch = values[4],
        Mouth = values[5],
        Smile = values[6],
        Blink = values[7],
        Brows = values[8],
        Gaze = values[9],
    };
}
