using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>
/// Count, mean and covariance of features that come in pieces, in Float64: all that a Fréchet distance needs, in memory that does
/// not grow with the samples. Statistics of parts, made in processes of their own, merge into those of the whole.
/// </summary>
/// <remarks>
/// Kept are the mean and the sum of squared deviations from it, joined by the formula of Chan, Golub &amp; LeVeque (1979), so that nothing is lost by
/// subtracting large numbers as it is with sums of squares.
/// </remarks>
public sealed class FeatureStatistics : IDisposable
{
    /// <summary>What <see cref="Save"/> writes as <see cref="CheckpointNames.Kind"/>.</summary>
    public const string Kind = "feature-statistics";

    private Tensor _mean;     // [D]
    private Tensor _scatter;  // [D, D]: Σ (x − mean)(x − mean)ᵀ

    /// <summary>Of no sample yet.</summary>
    /// <param name="width">D, numbers a sample.</param>
    public FeatureStatistics(long width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        using var outside = NewDisposeScope();
        _mean = zeros(width, dtype: ScalarType.Float64).DetachFromDisposeScope();
        _scatter = zeros(width, width, dtype: ScalarType.Float64).DetachFromDisposeScope();
    }

    /// <summary>Samples so far.</summary>
    public long Count { get; private set; }

    /// <summary>D, numbers a sample.</summary>
    public long Width => _mean.shape[0];

    /// <summary>[D] float64. Owned by this object.</summary>
    public Tensor Mean => _mean;

    /// <summary>The statistics of one set.</summary>
    /// <param name="features">[N, D].</param>
    /// <param name="subject">What to call it in errors.</param>
    /// <exception cref="MetricException">Not [N, D] finite floats.</exception>
    public static FeatureStatistics Of(Tensor features, string subject = "features")
    {
        FeatureChecks.Require(features, subject, 1);
        var statistics = new FeatureStatistics(features.shape[1]);
        statistics.Take(features);
        return statistics;
    }

    /// <summary>Takes in more samples.</summary>
    /// <param name="features">[n, D].</param>
    /// <param name="subject">What to call them in errors.</param>
    /// <exception cref="MetricException">Another width, or a number that is not finite; nothing was taken in.</exception>
    public void Add(Tensor features, string subject = "features")
    {
        FeatureChecks.Require(features, subject, 1);
        FeatureChecks.RequireSameWidth(Width, features.shape[1], "those before", subject);
        Take(features);
    }

    /// <summary>Takes in the samples that another has seen.</summary>
    /// <exception cref="MetricException">Another width.</exception>
    public void Merge(FeatureStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        FeatureChecks.RequireSameWidth(Width, other.Width, "those before", "the statistics to merge");
        if (other.Count == 0)
            return;
        using var scope = NewDisposeScope();
        Join(other.Count, other._mean, other._scatter);
    }

    /// <summary>The covariance, [D, D] float64; the caller owns it.</summary>
    /// <param name="unbiased">Divided by n − 1 instead of n.</param>
    /// <exception cref="MetricException">Too few samples: one, or two where unbiased.</exception>
    public Tensor Covariance(bool unbiased)
    {
        long by = unbiased ? Count - 1 : Count;
        return by > 0 ? _scatter / (double)by
            : throw new MetricException("features", $"expected at least {(unbiased ? 2 : 1)} samples, found {Count}", "Give more samples");
    }

    /// <summary>Writes them, to be used again or merged: safetensors with <c>count</c> [1], <c>mean</c> [D] and <c>scatter</c> [D, D].</summary>
    /// <param name="path">Target.</param>
    /// <param name="metadata">Strings that tell what they are of.</param>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var scope = NewDisposeScope();
        var strings = new Dictionary<string, string>(metadata ?? new Dictionary<string, string>()) { [CheckpointNames.Kind] = Kind };
        Safetensors.Write(path, new Dictionary<string, Tensor> { ["count"] = tensor(new[] { Count }), ["mean"] = _mean, ["scatter"] = _scatter }, strings);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="CheckpointException">The file is missing, damaged or something else.</exception>
    /// <exception cref="MetricException">Its numbers are not statistics.</exception>
    public static FeatureStatistics Load(ITensorFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var shape = file.Shape("mean");
        if (shape.Count != 1 || shape[0] < 1 || !file.Shape("scatter").SequenceEqual([shape[0], shape[0]]) || !file.Shape("count").SequenceEqual([1L]))
            throw new CheckpointException(file.Path, $"expected count [1], mean [D] and scatter [D, D], found {Shapes.Text(shape)} and {Shapes.Text(file.Shape("scatter"))}", "Make the statistics again");
        var statistics = new FeatureStatistics(shape[0]);
        using var scope = NewDisposeScope();
        long count = file.Read("count").to(ScalarType.Int64)[0].item<long>();
        Tensor mean = file.Read("mean").to(ScalarType.Float64), scatter = file.Read("scatter").to(ScalarType.Float64);
        FeatureChecks.RequireFinite(mean.unsqueeze(0), file.Path);
        FeatureChecks.RequireFinite(scatter, file.Path);
        if (count < 1)
            throw new MetricException(file.Path, $"expected statistics of at least one sample, found {count}", "Make the statistics again");
        // Taken as they are: joining would turn −0 into 0, and statistics that go on are to be those that were never saved.
        statistics.Dispose();
        (statistics._mean, statistics._scatter, statistics.Count) = (mean.DetachFromDisposeScope(), scatter.DetachFromDisposeScope(), count);
        return statistics;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mean.Dispose();
        _scatter.Dispose();
    }

    private void Take(Tensor features)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var x = features.detach().cpu().to(ScalarType.Float64);
        var part = x.mean([0L]);
        var centred = x - part;
        Join(x.shape[0], part, centred.transpose(0, 1).mm(centred));
    }

    private void Join(long count, Tensor otherMean, Tensor otherScatter)
    {
        double total = Count + count;
        var apart = otherMean - _mean;
        var joinedMean = (_mean + apart * (count / total)).DetachFromDisposeScope();
        var joinedScatter = (_scatter + otherScatter + outer(apart, apart) * (Count * (count / total))).DetachFromDisposeScope();
        Dispose();
        (_mean, _scatter, Count) = (joinedMean, joinedScatter, Count + count);
    }
}
