using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>What the encoder keeps of a source image: everything but its motion.</summary>
/// <param name="Style">The appearance code, [B, style].</param>
/// <param name="Maps">Feature maps at 8, 16, …, S pixels, each [B, C, s, s].</param>
public sealed record AppearanceFeatures(Tensor Style, IReadOnlyList<Tensor> Maps) : IDisposable
{
    /// <summary>The first <paramref name="count"/> samples, as views.</summary>
    public AppearanceFeatures Take(long count) =>
        new(Style.narrow(0, 0, count), [.. Maps.Select(map => map.narrow(0, 0, count))]);

    /// <summary>One source for <paramref name="batch"/> frames, as views without a copy.</summary>
    /// <exception cref="ArgumentException">There is neither one source nor as many as frames.</exception>
    public AppearanceFeatures Expand(long batch)
    {
        if (Style.shape[0] != 1 && Style.shape[0] != batch)
            throw new ArgumentException($"cannot pair {Style.shape[0]} sources with {batch} motion codes: expected one source, or one for each");
        return new(Style.expand(batch, -1), [.. Maps.Select(map => map.expand(batch, -1, -1, -1))]);
    }

    /// <summary>Takes the tensors out of every dispose scope, so that they live until disposed.</summary>
    public AppearanceFeatures DetachFromDisposeScope()
    {
        Style.DetachFromDisposeScope();
        foreach (var map in Maps) map.DetachFromDisposeScope();
        return this;
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Style.Dispose();
        foreach (var map in Maps) map.Dispose();
    }
}
