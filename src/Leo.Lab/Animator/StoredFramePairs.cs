using Leo.Lab.Data;
using Leo.Lab.Distributed;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>Training pairs for the animator from a store of clips: two frames of one video each.</summary>
public sealed class StoredFramePairs : IFramePairs
{
    private readonly FramePairSampler _sampler;
    private readonly Generator _generator;

    /// <summary>Draws pairs from a store.</summary>
    /// <param name="clips">The videos; stays the caller's.</param>
    /// <param name="batch">Pairs at a time.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="options">Which pairs; null for any two frames, never mirrored.</param>
    public StoredFramePairs(ClipStore clips, int batch, long seed, FramePairOptions? options = null)
    {
        _generator = Seeds.Generator(seed, "animator.data");
        _sampler = new FramePairSampler(clips, batch, _generator, options);
        Data = clips.Describe();
        Generators = new Dictionary<string, Generator> { ["data"] = _generator };
    }

    /// <summary>The pairs that a training by a recipe draws.</summary>
    internal static StoredFramePairs Of(AnimatorRecipe recipe, ClipStore clips) => new(clips, recipe.Training.BatchSize, recipe.Training.Seed, recipe.Pairs);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Generator> Generators { get; }

    /// <inheritdoc/>
    public string Data { get; }

    /// <inheritdoc/>
    public IEnumerable<string> Drawn => _sampler.Drawn;

    /// <inheritdoc/>
    public (Tensor Source, Tensor Driving) Next() => _sampler.Next();

    /// <inheritdoc/>
    public (Tensor Source, Tensor Driving) Next(BatchShare share) => _sampler.Next(share);

    /// <inheritdoc/>
    public void Dispose() => _generator.Dispose();
}
