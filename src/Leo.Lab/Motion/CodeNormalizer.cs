using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>
/// The units that the motion models work in: a mean and a scale for each dimension. First codes are shifted and scaled,
/// (α − mean) / scale, and residuals only scaled, m / scale; so with one scale for both a = α₁ + m holds in these units
/// exactly as in raw ones (LEO Eq. 3), and the network sees whole sequences in one unit.
/// </summary>
public sealed class CodeNormalizer
{
    private readonly float[] _mean;
    private readonly float[] _scale;

    /// <summary>Takes the numbers as they are.</summary>
    /// <param name="mean">One finite mean a dimension.</param>
    /// <param name="scale">One scale a dimension, finite and above 0.</param>
    public CodeNormalizer(IReadOnlyList<float> mean, IReadOnlyList<float> scale)
    {
        if (mean.Count == 0 || mean.Count != scale.Count || !mean.All(float.IsFinite) || !scale.All(s => s > 0 && float.IsFinite(s)))
        {
            throw new ArgumentException("Expected finite means and as many scales above 0.", nameof(scale));
        }

        (_mean, _scale) = ([.. mean], [.. scale]);
    }

    /// <summary>Dimensions.</summary>
    public int Dim => _mean.Length;

    /// <summary>Mean of each dimension.</summary>
    public IReadOnlyList<float> Mean => _mean;

    /// <summary>Scale of each dimension.</summary>
    public IReadOnlyList<float> Scale => _scale;

    /// <summary>Mean and standard deviation of single codes: the units for p(α) and for Eq. 1.</summary>
    /// <param name="sequences">The training codes.</param>
    public static CodeNormalizer ForCodes(CodeSequences sequences)
    {
        double[] mean = Means(sequences);
        return FromSquares(mean, sequences.Videos.SelectMany(v => Enumerable.Range(0, v.Frames).Select(f => (v, f, -1))), mean);
    }

    /// <summary>
    /// Mean of single codes, and the root mean square of the residuals m₂ … m_L over crops: the units for Eq. 4, in which
    /// what is noised has unit variance.
    /// </summary>
    /// <param name="sequences">The training codes.</param>
    /// <param name="length">Frames L of a crop.</param>
    public static CodeNormalizer ForResiduals(CodeSequences sequences, int length)
    {
        // Some ten thousand crops are plenty for a scale.
        long crops = sequences.Videos.Sum(v => Math.Max(0L, v.Frames - length + 1));
        int stride = (int)Math.Max(1, crops / 10_000);
        var pairs =
            from video in sequences.Videos
            from start in Enumerable.Range(0, Math.Max(0, (video.Frames - length) / stride + 1))
            where start * stride + length <= video.Frames
            from lag in Enumerable.Range(1, length - 1)
            select (video, start * stride + lag, start * stride);
        return FromSquares(Means(sequences), pairs, null);
    }

    /// <summary>
    /// Mean of single codes, and the root mean square of the residuals to the straight line between the ends of crops: the units of
    /// <see cref="TransitionCondition"/>.
    /// </summary>
    /// <param name="sequences">The training codes.</param>
    /// <param name="length">Frames L of a crop, at least 3.</param>
    public static CodeNormalizer ForTransitions(CodeSequences sequences, int length)
    {
        using var scope = NewDisposeScope();
        var m = TransitionCondition.Split(new CodeCrops(sequences, length).Spread(10_000)).M;
        double[] squares = m.to(ScalarType.Float64).square().mean([0L, 1L]).ToArray<double>();
        return FromVariance(Means(sequences), squares);
    }

    /// <summary>Raw codes […, D] into the model's units.</summary>
    /// <param name="codes">Raw codes.</param>
    public Tensor Normalize(Tensor codes)
    {
        using var scope = NewDisposeScope();
        return ((codes - Of(_mean, codes)) / Of(_scale, codes)).MoveToOuterDisposeScope();
    }

    /// <summary>The model's units […, D] into raw codes.</summary>
    /// <param name="codes">Codes in the model's units.</param>
    public Tensor Denormalize(Tensor codes)
    {
        using var scope = NewDisposeScope();
        return (codes * Of(_scale, codes) + Of(_mean, codes)).MoveToOuterDisposeScope();
    }

    /// <summary>Raw residuals […, D] into the model's units.</summary>
    /// <param name="m">Raw residuals.</param>
    public Tensor NormalizeResidual(Tensor m)
    {
        using var scope = NewDisposeScope();
        return (m / Of(_scale, m)).MoveToOuterDisposeScope();
    }

    /// <summary>Residuals in the model's units […, D] into raw ones.</summary>
    /// <param name="m">Residuals in the model's units.</param>
    public Tensor DenormalizeResidual(Tensor m)
    {
        using var scope = NewDisposeScope();
        return (m * Of(_scale, m)).MoveToOuterDisposeScope();
    }

    /// <summary>The numbers as checkpoints hold them among their extras: <c>mean</c> and <c>scale</c>, [D].</summary>
    public IReadOnlyDictionary<string, Tensor> ToTensors() => new Dictionary<string, Tensor> { ["mean"] = tensor(_mean), ["scale"] = tensor(_scale) };

    /// <summary>Reads the numbers that a checkpoint holds.</summary>
    /// <param name="checkpoint">A checkpoint of a motion or start-code model.</param>
    /// <exception cref="CheckpointException">It holds none, or no good ones.</exception>
    public static CodeNormalizer From(Checkpoint checkpoint)
    {
        var (mean, scale) = (Read("mean"), Read("scale"));
        return mean.Length == scale.Length && Array.TrueForAll(mean, float.IsFinite) && Array.TrueForAll(scale, s => s > 0 && float.IsFinite(s))
            ? new CodeNormalizer(mean, scale)
            : throw new CheckpointException(checkpoint.Path, "expected finite means and as many scales above 0", "Use another checkpoint", CheckpointNames.Extra + "scale");

        float[] Read(string name)
        {
            string key = CheckpointNames.Extra + name;
            if (!checkpoint.File.Contains(key) || checkpoint.File.Shape(key) is not [> 0])
            {
                throw new CheckpointException(checkpoint.Path, "expected numbers [D] of the codes' units, found none", "Use a checkpoint made by `leo train`", key);
            }

            using var scope = NewDisposeScope();
            return checkpoint.File.Read(key).to(ScalarType.Float32).ToArray<float>();
        }
    }

    private static Tensor Of(float[] values, Tensor like) => tensor(values, device: like.device);

    private static double[] Means(CodeSequences sequences)
    {
        var (sums, count) = (new double[sequences.Dim], 0L);
        foreach (var video in sequences.Videos)
        {
            for (int i = 0; i < video.Values.Length; i++)
            {
                sums[i % sums.Length] += video.Values[i];
            }

            count += video.Frames;
        }

        return [.. sums.Select(s => s / count)];
    }

    // The root mean square of row − other row, or of row − origin.
    private static CodeNormalizer FromSquares(double[] mean, IEnumerable<(CodeSequence Video, int Row, int Other)> pairs, double[]? origin)
    {
        var (squares, count) = (new double[mean.Length], 0L);
        foreach (var (video, row, other) in pairs)
        {
            for (int d = 0; d < squares.Length; d++)
            {
                double from = origin?[d] ?? video.Values[other * squares.Length + d];
                double difference = video.Values[row * squares.Length + d] - from;
                squares[d] += difference * difference;
            }

            count++;
        }

        return FromVariance(mean, [.. squares.Select(s => s / Math.Max(1, count))]);
    }

    // A dimension that does not move must not be blown up to unit variance: a thousandth of the liveliest is the floor.
    private static CodeNormalizer FromVariance(double[] mean, double[] variance)
    {
        double[] rms = variance.Select(v => Math.Sqrt(v)).ToArray();
        double floor = rms.Max() > 0 ? rms.Max() * 1e-3 : 1;
        return new CodeNormalizer([.. mean.Select(m => (float)m)], [.. rms.Select(r => (float)Math.Max(r, floor))]);
    }
}
