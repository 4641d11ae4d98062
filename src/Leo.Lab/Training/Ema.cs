using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>An exponential moving average of a model's parameters; buffers are copied.</summary>
/// <remarks>The rate warms up as min(rate, (1 + n) / (10 + n)) after n updates, so that early weights are soon forgotten.</remarks>
public sealed class Ema : IDisposable
{
    private readonly Tensor[] _averages, _live, _averageBuffers, _liveBuffers;
    private readonly Dictionary<string, Tensor> _weights;

    /// <summary>Starts at the model's present weights.</summary>
    /// <param name="model">Averaged; stays the caller's. It must not be moved to another device afterwards.</param>
    /// <param name="rate">Share of the old average that an update keeps, in [0, 1).</param>
    public Ema(nn.Module model, double rate)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rate, 1);
        Rate = rate;
        using var noGrad = no_grad();
        var parameterNames = model.named_parameters().Select(p => p.name).ToHashSet();
        var all = model.state_dict().Select(s => (Name: s.Key, Average: s.Value.clone().DetachFromDisposeScope(), Live: s.Value)).ToList();
        _weights = all.ToDictionary(a => a.Name, a => a.Average);
        var averaged = all.ToLookup(a => parameterNames.Contains(a.Name) && a.Live.is_floating_point());
        (_averages, _live) = ([.. averaged[true].Select(a => a.Average)], [.. averaged[true].Select(a => a.Live)]);
        (_averageBuffers, _liveBuffers) = ([.. averaged[false].Select(a => a.Average)], [.. averaged[false].Select(a => a.Live)]);
    }

    /// <summary>The rate after warm-up.</summary>
    public double Rate { get; }

    /// <summary>Updates so far.</summary>
    public long Updates { get; set; }

    /// <summary>The averages, under the model's own names.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights => _weights;

    /// <summary>The rate that the update after <paramref name="updates"/> ones uses.</summary>
    public static double RateAt(double rate, long updates) => Math.Min(rate, (1.0 + updates) / (10.0 + updates));

    /// <summary>Moves every average towards the live weight by 1 − rate.</summary>
    public void Update() => Update(null);

    /// <summary>As the other, unless <paramref name="skip"/> turns out to be above 0.</summary>
    internal void Update(Tensor? skip)
    {
        using var noGrad = no_grad();
        FusedOperators.Lerp(_averages, _live, 1 - RateAt(Rate, Updates), skip);
        FusedOperators.Copy(_averageBuffers, _liveBuffers);
        Updates++;
    }

    /// <summary>Puts the averages into the model until the result is disposed; then the live weights are back, bit for bit.</summary>
    public IDisposable Apply() => new Borrowed(this);

    /// <summary>Releases the averages.</summary>
    public void Dispose()
    {
        foreach (var average in _weights.Values)
        {
            average.Dispose();
        }
    }

    private sealed class Borrowed : IDisposable
    {
        private readonly Tensor[] _live, _saved;

        internal Borrowed(Ema ema)
        {
            using var noGrad = no_grad();
            _live = [.. ema._live, .. ema._liveBuffers];
            _saved = [.. _live.Select(l => l.clone().DetachFromDisposeScope())];
            FusedOperators.Copy(_live, [.. ema._averages, .. ema._averageBuffers]);
        }

        public void Dispose()
        {
            using var noGrad = no_grad();
            if (_saved.Length > 0 && _saved[0].IsInvalid) return;
            FusedOperators.Copy(_live, _saved);
            foreach (var saved in _saved) saved.Dispose();
        }
    }
}
