using static TorchSharp.torch;

namespace Leo.Lab.Metrics.KeyPoints;

/// <summary>
/// AED, average Euclidean distance between what a network of identity says of real and of generated frames (Siarohin et al. 2019, §4). The authors' program
/// (AliaksandrSiarohin/pose-evaluation, <c>cmp.py</c>) prints the mean of the <em>squared</em> distances; both are kept.
/// </summary>
public sealed class IdentityMeter
{
    private double _straight, _squared;
    private long _judged, _missing, _without;

    /// <summary>Adds a frame.</summary>
    /// <param name="real">The real frame's features, [D]; null where nobody was found.</param>
    /// <param name="generated">The generated one's.</param>
    /// <exception cref="MetricException">The features are of different width or not finite.</exception>
    public void Add(Tensor? real, Tensor? generated)
    {
        if (real is null)
        {
            _without++;
            return;
        }
        if (generated is null)
        {
            _missing++;
            return;
        }
        if (!real.shape.SequenceEqual(generated.shape))
            throw new MetricException("identity", $"expected features [{string.Join(", ", real.shape)}], as of the real frame, found [{string.Join(", ", generated.shape)}]", "Use one network for both");
        using var scope = NewDisposeScope();
        double squared = (real.to(ScalarType.Float64) - generated.to(ScalarType.Float64)).square().sum().item<double>();
        if (!double.IsFinite(squared))
            throw new MetricException("identity", "expected finite features, found NaN or infinity", "Look at the network and at its input's range");
        (_squared, _straight, _judged) = (_squared + squared, _straight + Math.Sqrt(squared), _judged + 1);
    }

    /// <summary>The numbers so far; NaN where there is nothing to judge.</summary>
    /// <param name="name">Whose features these are.</param>
    public IdentityScore Score(string name) => new()
    {
        Name = name,
        Aed = _straight / _judged,
        AedSquared = _squared / _judged,
        Frames = _judged,
        FramesMissing = _missing,
        FramesWithout = _without,
    };
}

/// <summary>How far apart the person of real and of generated frames is.</summary>
public sealed record IdentityScore
{
    /// <summary>Whose features.</summary>
    public required string Name { get; init; }

    /// <summary>Average Euclidean distance; NaN where nobody was found in both.</summary>
    public required double Aed { get; init; }

    /// <summary>Mean squared distance, which the published program prints under that name.</summary>
    public required double AedSquared { get; init; }

    /// <summary>Frames in which somebody was found, real and generated.</summary>
    public required long Frames { get; init; }

    /// <summary>Frames in which somebody was found in the real one only.</summary>
    public required long FramesMissing { get; init; }

    /// <summary>Real frames in which nobody was found.</summary>
    public required long FramesWithout { get; init; }
}
