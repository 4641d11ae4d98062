using static TorchSharp.torch;

namespace Leo.Lab.Animator.Layers;

/// <summary>
/// A layer's weight in bfloat16. In training the cast is part of each step's graph; while a video is rendered the weight stays, and so does its cast.
/// </summary>
internal sealed class NarrowWeight
{
    private readonly Lock _lock = new();
    private Tensor? _kept;
    private int _keepers;

    /// <summary>The weight in bfloat16; the caller disposes of it.</summary>
    /// <param name="make">Gives the weight in float32, as the convolution takes it; always the same for one layer.</param>
    internal Tensor Of(Func<Tensor> make)
    {
        lock (_lock)
        {
            if (_keepers == 0) return Cast(make);
            _kept ??= Cast(make).DetachFromDisposeScope();
            return _kept.alias();
        }
    }

    /// <summary>Keeps the cast from now on, until as many calls of <see cref="Release"/>.</summary>
    internal void Keep()
    {
        lock (_lock) _keepers++;
    }

    /// <summary>The weight may change from now on.</summary>
    internal void Release()
    {
        lock (_lock)
        {
            if (--_keepers > 0) return;
            _kept?.Dispose();
            _kept = null;
        }
    }

    private static Tensor Cast(Func<Tensor> make)
    {
        using var weight = make();
        return weight.to(bfloat16);
    }
}

/// <summary>A layer that convolves with a <see cref="NarrowWeight"/>.</summary>
internal interface IHasNarrowWeight
{
    /// <summary>The weight.</summary>
    NarrowWeight Narrow { get; }
}

/// <summary>Keeps the casts of a module's weights while this object lives, in which no weight may change.</summary>
internal sealed class KeptWeights : IDisposable
{
    private readonly NarrowWeight[] _weights;

    internal KeptWeights(nn.Module module)
    {
        _weights = [.. module.modules().OfType<IHasNarrowWeight>().Select(layer => layer.Narrow)];
        foreach (var weight in _weights) weight.Keep();
    }

    /// <summary>Frees the casts.</summary>
    public void Dispose()
    {
        foreach (var weight in _weights) weight.Release();
    }
}
