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

/// <summary>A named way of talking: how much of each movement a face makes, and the movement itself over time.</summary>
public sealed record FaceManner
{
    /// <summary>The name, for example <c>nodding</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Scale of the head's way through the frame, x and y.</summary>
    public float Travel { get; init; } = 1;

    /// <summary>Scale of the tilt.</summary>
    public float Roll { get; init; } = 1;

    /// <summary>Scale of the turn.</summary>
    public float Yaw { get; init; } = 1;

    /// <summary>Scale of the nod.</summary>
    public float Pitch { get; init; } = 1;

    /// <summary>Share of the time in which the mouth speaks, 0 … 1.</summary>
    public float Talk { get; init; } = 0.75f;

    /// <summary>The smile that the mouth returns to, −1 … 1.</summary>
    public float Smile { get; init; }

    /// <summary>All manners, in a fixed order.</summary>
    public static IReadOnlyList<FaceManner> All { get; } =
    [
        new() { Name = "telling" },
        new() { Name = "nodding", Pitch = 1.5f, Yaw = 0.5f, Roll = 0.6f },
        new() { Name = "looking-around", Yaw = 1.5f, Talk = 0.5f, Pitch = 0.6f },
        new() { Name = "rocking", Roll = 1.5f, Travel = 1.2f, Yaw = 0.5f },
        new() { Name = "cheerful", Smile = 0.6f, Travel = 1.1f, Talk = 0.85f },
        new() { Name = "earnest", Smile = -0.5f, Travel = 0.7f, Pitch = 1.2f, Talk = 0.85f },
        new() { Name = "wandering", Travel = 1.5f, Roll = 0.7f, Talk = 0.6f },
        new() { Name = "listening", Talk = 0.35f, Roll = 1.2f, Smile = 0.2f },
    ];

    /// <summary>One performance: slow sums of sines for the head, syllables in bursts for the mouth, blinks between.</summary>
    /// <param name="seed">Which performance.</param>
    /// <param name="frames">How many frames.</param>
    /// <param name="framesPerSecond">Frames a second.</param>
    public FacePose[] Perform(long seed, int frames, double framesPerSecond = 25)
    {
        var r = new PuppetRandom(seed, "face performance");
        SlowNoise Slow(float low, float high) => new(r, low, high);
        SlowNoise x = Slow(0.1f, 0.35f), y = Slow(0.1f, 0.4f), roll = Slow(0.1f, 0.4f), yaw = Slow(0.1f, 0.4f), pitch = Slow(0.12f, 0.5f);
        SlowNoise smile = Slow(0.1f, 0.35f), brows = Slow(0.15f, 0.5f), gaze = Slow(0.15f, 0.5f), lids = Slow(0.1f, 0.3f);
        float seconds = (float)(frames / framesPerSecond);
        var pulses = new FacePulses(r, seconds, Talk);
        var poses = new FacePose[frames];
        for (int i = 0; i < frames; i++)
        {
            float t = (float)(i / framesPerSecond);
            poses[i] = new FacePose
            {
                X = 0.18f * Math.Clamp(Travel * x.At(t), -1.15f, 1.15f),
                Y = 0.09f * Math.Clamp(Travel * y.At(t), -1.15f, 1.15f),
                Roll = 0.24f * Math.Clamp(Roll * roll.At(t), -1.3f, 1.3f),
                Yaw = Math.Clamp(0.75f * Yaw * yaw.At(t), -1, 1),
                Pitch = Math.Clamp(0.7f * Pitch * pitch.At(t), -1, 1),
                Mouth = pulses.Mouth(t),
                Smile = Math.Clamp(Smile + (0.7f * smile.At(t)), -1, 1),
                Blink = Math.Max(pulses.Blink(t), 0.18f * (1 + lids.At(t))),
                Brows = Math.Clamp(brows.At(t), -1, 1),
                Gaze = Math.Clamp(gaze.At(t), -1, 1),
            };
        }

        return poses;
    }
}

/// <summary>What comes in pulses on a face: syllables (2–4 a second, in bursts with pauses) and blinks.</summary>
internal sealed class FacePulses
{
    private readonly List<(float Centre, float Half, float Height)> _syllables = [], _blinks = [];

    public FacePulses(PuppetRandom random, float seconds, float talk)
    {
        float time = random.Range(-0.6f, 0.2f);
        while (time < seconds + 0.5f)
        {
            int burst = 3 + random.Index(6);
            for (int i = 0; i < burst; i++)
            {
                float length = random.Range(0.27f, 0.48f);
                // Half as long again as the syllable's place, so that neighbours run into one another.
                _syllables.Add((time + (length / 2), length * 0.72f, random.Range(0.35f, 1)));
                time += length;
            }

            time += random.Range(0.6f, 1.4f) * (1 - talk) * 2;
        }

        time = random.Range(-0.2f, 1);
        while (time < seconds + 0.5f)
        {
            _blinks.Add((time, random.Range(0.2f, 0.3f), 1));
            time += random.Range(0.9f, 2);
        }
    }

    /// <summary>How far the mouth is open, 0 … 1.</summary>
    public float Mouth(float seconds) => Math.Min(1, Sum(_syllables, seconds));

    /// <summary>How far the eyes are closed, 0 … 1.</summary>
    public float Blink(float seconds) => Math.Min(1, 1.25f * Sum(_blinks, seconds));

    // Raised cosines: smooth, and zero outside.
    private static float Sum(List<(float Centre, float Half, float Height)> pulses, float seconds)
    {
        float sum = 0;
        foreach ((float centre, float half, float height) in pulses)
        {
            float off = MathF.Abs(seconds - centre) / half;
            if (off < 1)
            {
                sum += height * 0.5f * (1 + PoseTrack.Sine((off / 2) + 0.25f));
            }
        }

        return sum;
    }
}
