using Leo.Lab.Diffusion;

namespace Leo.Lab.Experiments;

/// <summary>Which videos to sample.</summary>
public sealed record SampleRequest
{
    /// <summary>Frames of each video, at least 2.</summary>
    /// <value>64</value>
    public int Frames { get; init; } = 64;

    /// <summary>Videos.</summary>
    /// <value>4</value>
    public int Count { get; init; } = 4;

    /// <summary>The one seed; each video derives its own from it and its number.</summary>
    /// <value>0</value>
    public long Seed { get; init; }

    /// <summary>How to sample.</summary>
    /// <value>All steps, DDPM.</value>
    public SamplerSpec Sampler { get; init; } = SamplerSpec.Ddpm;

    /// <summary>Seed of each video: the k-th video of a seed is the same however many there are.</summary>
    public IReadOnlyList<long> Seeds => [.. Enumerable.Range(0, Count).Select(k => Lab.Seeds.Derive(Seed, $"sample {k}"))];
}
