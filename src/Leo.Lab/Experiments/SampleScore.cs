namespace Leo.Lab.Experiments;

/// <summary>Conditional samples: one starting image, motion from the cLMDM.</summary>
public sealed record SampleScore
{
    /// <summary>Videos sampled.</summary>
    public required int Count { get; init; }

    /// <summary>Frames of each.</summary>
    public required int Frames { get; init; }

    /// <summary>Sampler, as on the command line.</summary>
    public required string Sampler { get; init; }

    /// <summary>Mean absolute difference between neighbouring frames, mean over the videos.</summary>
    public required double Motion { get; init; }

    /// <summary>The same for real held-out videos.</summary>
    public required double MotionReal { get; init; }
}
