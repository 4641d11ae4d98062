using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>
/// Average content distance (Tulyakov et al. 2018; Tian et al. 2021; LEO §4): how far the features of a video's frames – of the face or the person
/// in it – are apart. The mean L2 distance of a video's frames, then the mean over videos.
/// </summary>
public static class ContentDistance
{
    /// <summary>The distance within one video.</summary>
    /// <param name="frames">[T, D], a row for each frame.</param>
    /// <param name="pairs">Which frames are compared.</param>
    /// <param name="subject">What to call the video in errors.</param>
    /// <exception cref="MetricException">Fewer than two frames, or a number that is not finite.</exception>
    public static double Of(Tensor frames, FramePairing pairs = FramePairing.All, string subject = "the video")
    {
        FeatureChecks.Require(frames, subject, 2);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var x = frames.detach().cpu().to(ScalarType.Float64);
        long count = x.shape[0];
        if (pairs == FramePairing.Consecutive)
            return (x.narrow(0, 1, count - 1) - x.narrow(0, 0, count - 1)).square().sum(1L).sqrt().mean().item<double>();
        // Frame by frame: |x|² + |y|² − 2xy would lose the digits that near frames differ in.
        double sum = 0;
        for (long i = 0; i + 1 < count; i++)
        {
            using var inner = NewDisposeScope();
            sum += (x.narrow(0, i + 1, count - i - 1) - x.narrow(0, i, 1)).square().sum(1L).sqrt().sum().item<double>();
        }
        return sum / (count * (count - 1) / 2.0);
    }

    /// <summary>The mean over videos; each counts alike, however long it is.</summary>
    /// <param name="frames">[F, D]: frames of all videos.</param>
    /// <param name="videos">Which video each row is of.</param>
    /// <param name="pairs">Which frames are compared.</param>
    /// <param name="subject">What to call the set in errors.</param>
    /// <returns>The distance, and how many videos it is of: those with two frames or more.</returns>
    /// <exception cref="MetricException">No video has two frames, the numbers do not pair up, or one is not finite.</exception>
    public static (double Distance, int Videos) Mean(Tensor frames, IReadOnlyList<long> videos, FramePairing pairs = FramePairing.All, string subject = "the features")
    {
        ArgumentNullException.ThrowIfNull(videos);
        FeatureChecks.Require(frames, subject, 2);
        if (videos.Count != frames.shape[0])
            throw new MetricException(subject, $"expected a video's number for each of {frames.shape[0]} rows, found {videos.Count}", "Make the features again");
        using var scope = NewDisposeScope();
        var distances = new List<double>();
        foreach (var video in videos.Select((v, i) => (Video: v, Row: (long)i)).GroupBy(f => f.Video).Where(g => g.Count() > 1))
            distances.Add(Of(frames.index_select(0, tensor(video.Select(f => f.Row).ToArray())), pairs, $"{subject}, video {video.Key}"));
        return distances.Count > 0 ? (distances.Average(), distances.Count)
            : throw new MetricException(subject, "expected a video with two frames, found none", "Give longer videos");
    }
}

/// <summary>Which frames of a video are compared for its content distance.</summary>
public enum FramePairing
{
    /// <summary>Every frame with every other: the paper's "average pairwise L2 distance" (LEO §4).</summary>
    All,

    /// <summary>Every frame with the next: small wherever the change is slow, however far it leads.</summary>
    Consecutive,
}
