using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>An exponential moving average of a model's parameters; buffers are copied.</summary>
/// <remarks>The rate warms up as min(rate, (1 + n) / (10 + n)) after n updates, so that early weights are soon forgotten.</remarks>
public sealed class Ema : IDisposable
{
    private readonly List<(Tensor Average, Tensor Live)> _parameters = [], _buffers = [];
    private readonly Dictionary<string, Tensor> _weights = [];

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
        foreach (var (name, live) in model.state_dict())
        {
            Tensor average = live.clone().DetachFromDisposeScope();
            _weights.Add(name, average);
            (parameterNames.Contains(name) && live.is_floating_point() ? _parameters : _buffers).Add((average, live));
        }
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
    public void Update()
    {
        using var noGrad = no_grad();
        double share = 1 - RateAt(Rate, Updates);
        using (var scope = NewDisposeScope())
        {
            Tensor? weight = null;
            foreach (var (average, live) in _parameters)
            {
                if (weight is null || weight.dtype != average.dtype)
                {
                    weight = full([], share, dtype: average.dtype, device: average.device);
                }
                average.lerp_(live, weight);
            }
            foreach (var (average, live) in _buffers)
            {
                average.copy_(live);
            }
        }
        Updates++;
    }

    /// <summary>Puts the averages into the model until the result is disposed; then the live weights are back, bit for bit.</summary>
    public IDisposable Apply() => new Borrowed(this);

    /// <summary>Releases the averages.</summary>
    public void Dispose()
    {
        foreach (Tensor average in _weights.Values)
        {
            average.Dispose();
        }
    }

    private sealed class Borrowed : IDisposable
    {
        private readonly List<(Tensor Saved, Tensor Live)> _saved = [];

        internal Borrowed(Ema ema)
        {
            using var noGrad = no_grad();
            foreach (var (average, live) in ema._parameters.Concat(ema._buffers))
            {
                _saved.Add((live.clone().DetachFromDisposeScope(), live));
                live.copy_(average);
            }
        }

        public void Dispose()
        {
            using var noGrad = no_grad();
            foreach (var (saved, live) in _saved)
            {
                live.copy_(saved);
                saved.Dispose();
            }
            _saved.Clear();
        }
    }
}
