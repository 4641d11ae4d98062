using Leo.Lab.Metrics.KeyPoints;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Onnx;

/// <summary>
/// Key points by an ONNX network. Its output is either heat maps <c>1×K×h×w</c> – a point is where its map is highest, a quarter of a cell towards the
/// higher neighbour in each direction (Newell et al. 2016), its certainty that height – or points <c>1×K×2</c> or <c>1×K×3</c>: x and y in pixels of the
/// network's picture, then the certainty. Points that are less certain than <see cref="OnnxNetwork.Least"/> or not finite are missing.
/// </summary>
public sealed class OnnxKeyPoints : IKeyPointFinder
{
    private readonly OnnxNetwork _network;

    /// <summary>Opens the network.</summary>
    /// <param name="words">See <see cref="OnnxNetwork.Open"/>.</param>
    /// <exception cref="Checkpoints.CheckpointException">The file is missing, no network, or takes something else.</exception>
    public OnnxKeyPoints(string words) => _network = OnnxNetwork.Open(words);

    /// <inheritdoc/>
    public string Name => _network.Name;

    /// <inheritdoc/>
    public string Weights => _network.Weights;

    /// <inheritdoc/>
    /// <remarks>ONNX Runtime stays on the processor.</remarks>
    public void MoveTo(Device device)
    {
    }

    /// <inheritdoc/>
    /// <exception cref="Checkpoints.CheckpointException">The network gives something else.</exception>
    public IReadOnlyList<KeyPoint?[]> Find(Tensor frames, VideoFrames of) => [.. Enumerable.Range(0, (int)frames.shape[0]).Select(t =>
    {
        using var scope = NewDisposeScope();
        var (values, shape) = _network.Run(frames[t]);
        var points = shape switch
        {
            [1, > 0, > 0, > 0] => Highest(values, shape),
            [1, > 0, 2 or 3] => Given(values, shape[2]),
            _ => throw _network.Expected("heat maps 1×K×h×w or key points 1×K×2 or 1×K×3", string.Join('×', shape)),
        };
        // Centres of pixels stand on centres of pixels.
        double width = frames.shape[3] / (double)_network.Width, height = frames.shape[2] / (double)_network.Height;
        return points.Select(p => p is { } found ? new KeyPoint(((found.X + 0.5) * width) - 0.5, ((found.Y + 0.5) * height) - 0.5) : (KeyPoint?)null).ToArray();
    })];

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private IEnumerable<KeyPoint?> Given(float[] values, int each) => values.Chunk(each).Select(v =>
        v.All(float.IsFinite) && (each == 2 || v[2] >= _network.Least) ? new KeyPoint(v[0], v[1]) : (KeyPoint?)null);

    private IEnumerable<KeyPoint?> Highest(float[] values, int[] shape)
    {
        int rows = shape[2], columns = shape[3];
        return values.Chunk(rows * columns).Select(map =>
        {
            int best = Array.IndexOf(map, map.Max());
            if (best < 0 || !float.IsFinite(map[best]) || map[best] < _network.Least)
                return (KeyPoint?)null;
            var (y, x) = Math.DivRem(best, columns);
            double right = x > 0 && x + 1 < columns ? 0.25 * Math.Sign(map[best + 1] - map[best - 1]) : 0;
            double down = y > 0 && y + 1 < rows ? 0.25 * Math.Sign(map[best + columns] - map[best - columns]) : 0;
            return new KeyPoint(((x + right + 0.5) * _network.Width / columns) - 0.5, ((y + down + 0.5) * _network.Height / rows) - 0.5);
        });
    }
}
