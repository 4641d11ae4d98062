namespace Leo.Lab.Data.Puppets;

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
