using Leo.Lab.Animator;
using Leo.Lab.Data;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>Training pairs for the animator from a store of clips: two frames of one video each.</summary>
public sealed class StoredFramePairs : IFramePairs
{
    private readonly FramePairSampler sampler;
    private readonly Generator generator;

    /// <summary>Draws pairs from a store.</summary>
    /// <param name="clips">The videos; stays the caller's.</param>
    /// <param name="batch">Pairs at a time.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="options">Which pairs; null for any two frames, never mirrored.</param>
    public StoredFramePairs(ClipStore clips, int batch, long seed, FramePairOptions? options = null)
    {
        generator = Seeds.Generator(seed, "animator.data");
        sampler = new FramePairSampler(clips, batch, generator, options);
        Data = clips.Describe();
        Generators = new Dictionary<string, Generator> { ["data"] = generator };
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Generator> Generators { get; }

    /// <inheritdoc/>
    public string Data { get; }

    /// <inheritdoc/>
    public IEnumerable<string> Drawn => sampler.Drawn;

    /// <inheritdoc/>
    public (Tensor Source, Tensor Driving) Next() => sampler.Next();

    /// <inheritdoc/>
    public void Dispose() => generator.Dispose();
}
