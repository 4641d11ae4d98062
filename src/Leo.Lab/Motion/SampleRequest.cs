using Leo.Lab.Diffusion;

namespace Leo.Lab.Motion;

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

    /// <summary>Number of the first video: a large set can be made in parts.</summary>
    /// <value>0</value>
    public int First { get; init; }

    /// <summary>Whether the first pose is drawn from p(α) instead of being the picture's own (LEO §3.3).</summary>
    /// <value>The picture's own.</value>
    public bool DrawFirst { get; init; }

    /// <summary>Sequences of the motion model before each transition to another pattern (LEO §6); null for no transitions.</summary>
    /// <value>None.</value>
    public int? TransitionEvery { get; init; }

    /// <summary>How strongly a drawn starting frame is held to its code, see <see cref="StartFrames.StartFrameModel.Sample"/>.</summary>
    /// <value>1, as learnt.</value>
    public double Guidance { get; init; } = 1;

    /// <summary>Seed of each video: the k-th video of a seed is the same however many there are.</summary>
    public IReadOnlyList<long> Seeds => [.. Enumerable.Range(First, Count).Select(k => Lab.Seeds.Derive(Seed, $"sample {k}"))];
}
