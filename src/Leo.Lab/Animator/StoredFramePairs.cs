using Leo.Lab.Data;
using Leo.Lab.Distributed;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>Training pairs for the animator from a store of clips: two frames of one video each.</summary>
public sealed class StoredFramePairs : IFramePairs
{
    private readonly FramePairSampler _sampler;

    /// <summary>Draws pairs from a store.</summary>
    /// <param name="clips">The videos; stays the caller's.</param>
    /// <param name="batch">Pairs at a time.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="options">Which pairs; null for any two frames, never mirrored.</param>
    public StoredFramePairs(ClipStore clips, int batch, long seed, FramePairOptions? options = null)
    {
        Position = Seeds.Generator(seed, "animator.data");
        _sampler = new FramePairSampler(clips, batch, Position, options);
        Data = clips.Describe();
        Generators = new Dictionary<string, Generator> { ["data"] = Position };
    }

    /// <summary>The pairs that a training by a recipe draws.</summary>
    internal static StoredFramePairs Of(AnimatorRecipe recipe, ClipStore clips) => new(clips, recipe.Training.BatchSize, recipe.Training.Seed, recipe.Pairs);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Generator> Generators { get; }

    /// <summary>The only one of them.</summary>
    internal Generator Position { get; }

    /// <inheritdoc/>
    public string Data { get; }

    /// <inheritdoc/>
    public IEnumerable<string> Drawn => _sampler.Drawn;

    /// <inheritdoc/>
    public (Tensor Source, Tensor Driving) Next() => _sampler.Next();

    /// <inheritdoc/>
    public (Tensor Source, Tensor Driving) Next(BatchShare share) => _sampler.Next(share);

    /// <summary>A share of a batch as another generator draws it.</summary>
    internal FedBatch Make(Generator generator, BatchShare share)
    {
        var (source, driving) = _sampler.Next(share, generator);
        return new FedBatch([source, driving], _sampler.Drawn);
    }

    /// <inheritdoc/>
    public void Dispose() => Position.Dispose();
}
