using Leo.Lab.Data;
using Leo.Lab.Media;
using Leo.Lab.Metrics;
using Leo.Lab.Metrics.KeyPoints;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>AKD, MKR and AED of generated frames beside the real ones that they should be, video by video without keeping frames.</summary>
/// <param name="keyPoints">What finds key points; null leaves AKD and MKR out.</param>
/// <param name="identity">What says who is shown; null leaves AED out.</param>
public sealed class FrameComparison(IKeyPointFinder? keyPoints, IFrameExtractor? identity)
{
    private const string Advice = "Give each real video its generated one of as many frames and the same size";
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
            throw new MetricException(of.Video, $"expected generated frames like the real ones, [{string.Join(", ", real.shape)}], found [{string.Join(", ", generated.shape)}]", Advice);
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

    /// <summary>Adds two videos of as many frames and the same size.</summary>
    /// <param name="real">The real one.</param>
    /// <param name="generated">The generated one.</param>
    /// <exception cref="MetricException">The videos do not pair up, or a network does not do.</exception>
    /// <exception cref="MediaException">A video is damaged, or nothing that can be read.</exception>
    public void Add(string real, string generated)
    {
        using FrameStream a = FrameStream.Open(real), b = FrameStream.Open(generated);
        byte[] truth = [], made = [];
        for (int time = 0; ; time++)
        {
            bool more = a.Read(ref truth);
            if (more != b.Read(ref made))
                throw new MetricException(generated, $"expected as many frames as {real}, {(more ? $"found {time}" : $"which has {time}, found more")}", Advice);
            if (!more)
                return;
            using var scope = NewDisposeScope();
            Add(Levels(truth, a), Levels(made, b), new VideoFrames(real, [time]));
        }

        static Tensor Levels(byte[] rgb, FrameStream stream) =>
            ((FrameTensors.FromBytes(rgb.AsSpan(0, 3 * stream.Width * stream.Height), 1, stream.Height, stream.Width) + 1) * 127.5).round();
    }

    /// <summary>Pairs the videos of two folders by their names without ending, wherever below the folder they are.</summary>
    /// <exception cref="DataException">A folder is missing or holds no videos.</exception>
    /// <exception cref="MetricException">A video has no partner, or several.</exception>
    public static IReadOnlyList<(string Real, string Generated)> Pair(string realFolder, string generatedFolder)
    {
        var real = VideoFolder.List(realFolder).ToLookup(Path.GetFileNameWithoutExtension, StringComparer.Ordinal);
        return [.. VideoFolder.List(generatedFolder).Select(g => real[Path.GetFileNameWithoutExtension(g)].ToArray() is [var one] ? (one, g)
            : throw new MetricException(g, $"expected one video of this name in {realFolder}, found {real[Path.GetFileNameWithoutExtension(g)].Count()}", "AKD and AED compare each generated video with the real one that it should be"))];
    }

    /// <summary>AKD and MKR so far; null where nothing finds key points.</summary>
    public KeyPointScore? KeyPoints => keyPoints is null ? null : _points.Score(keyPoints.Name);

    /// <summary>AED so far; null where nothing says who is shown.</summary>
    public IdentityScore? Identity => identity is null ? null : _people.Score(identity.Name);
}
