using Leo.Lab.Metrics;
using Leo.Lab.Metrics.KeyPoints;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>AKD, MKR and AED of generated frames beside the real ones that they should be, video by video without keeping frames.</summary>
/// <param name="keyPoints">What finds key points; null leaves AKD and MKR out.</param>
/// <param name="identity">What says who is shown; null leaves AED out.</param>
public sealed class FrameComparison(IKeyPointFinder? keyPoints, IFrameExtractor? identity)
{
    private readonly KeyPointMeter _points = new();
    private readonly IdentityMeter _people = new();

    /// <summary>Adds frames.</summary>
    /// <param name="real">[T, 3, H, W], values 0 to 255.</param>
    /// <param name="generated">Likewise.</param>
    /// <param name="of">Which frames the real ones are.</param>
    /// <exception cref="MetricException">The frames do not pair up, or a network does not do.</exception>
    public void Add(Tensor real, Tensor generated, VideoFrames of)
    {
        ArgumentNullException.ThrowIfNull(of);
        if (real.dim() != 4 || !real.shape.SequenceEqual(generated.shape))
            throw new MetricException(of.Video, $"expected generated frames like the real ones, [{string.Join(", ", real.shape)}], found [{string.Join(", ", generated.shape)}]", "Give each real video its generated one of as many frames and the same size");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (keyPoints is not null)
        {
            foreach (var (truth, made) in keyPoints.OfReal(real, of).Zip(keyPoints.Find(generated, of)))
                _points.Add(truth, made);
        }
        if (identity is not null)
        {
            foreach (var (truth, made) in identity.Features(real).Zip(identity.Features(generated)))
                _people.Add(truth, made);
        }
    }

    /// <summary>AKD and MKR so far; null where nothing finds key points.</summary>
    public KeyPointScore? KeyPoints => keyPoints is null ? null : _points.Score(keyPoints.Name);

    /// <summary>AED so far; null where nothing says who is shown.</summary>
    public IdentityScore? Identity => identity is null ? null : _people.Score(identity.Name);
}
