using System.Globalization;
using Leo.Lab.Data;
using Leo.Lab.Distributed;
using Leo.Lab.Metrics;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>
/// FVD, KVD and ACD of generated videos in one line (LEO §5): <c>VideoQuality.Fvd("real", "fake", "styleganv", "i3d:i3d.pt")</c>. A set of videos is
/// a folder of them, or a file of features that <c>leo features</c> or <see cref="VideoFeatures.Save"/> wrote.
/// </summary>
public static class VideoQuality
{
    /// <summary>Fréchet video distance (Unterthiner et al. 2018); 0 for two equal sets.</summary>
    /// <param name="real">Real videos: a folder, or a file of features. Clips begin at a random frame.</param>
    /// <param name="fake">Generated videos, likewise. Clips begin at the first frame.</param>
    /// <param name="protocol">Whose published way of computing is followed, see <see cref="MetricProtocol.Names"/>.</param>
    /// <param name="extractor">What looks at clips, see <see cref="VideoExtractors.Known"/>. Its name is in the number's.</param>
    /// <param name="seed">What clips and samples are drawn from.</param>
    /// <param name="progress">Told videos done and in all, of each set in turn. May throw to stop.</param>
    /// <param name="device">What computes: <see cref="ComputeDevice.Known"/>.</param>
    /// <exception cref="MetricException">No such protocol or extractor, too few videos, or sets that were made differently.</exception>
    /// <exception cref="LeoException">A file or folder is missing or broken.</exception>
    public static QualityNumber Fvd(string real, string fake, string protocol = "digan", string extractor = "puppet-i3d", long seed = 0, Action<int, int>? progress = null, string device = ComputeDevice.Auto) =>
        OfFolders(Fvd, real, fake, protocol, extractor, seed, progress, device);

    /// <summary>Kernel video distance (Unterthiner et al. 2018); around 0 for two sets of one kind.</summary>
    /// <param name="real">As for <see cref="Fvd(string, string, string, string, long, Action{int, int}?, string)"/>.</param>
    /// <param name="fake">Likewise.</param>
    /// <param name="protocol">Likewise.</param>
    /// <param name="extractor">Likewise.</param>
    /// <param name="seed">Likewise.</param>
    /// <param name="progress">Likewise.</param>
    /// <param name="device">Likewise.</param>
    /// <exception cref="LeoException">Likewise.</exception>
    public static QualityNumber Kvd(string real, string fake, string protocol = "digan", string extractor = "puppet-i3d", long seed = 0, Action<int, int>? progress = null, string device = ComputeDevice.Auto) =>
        OfFolders(Kvd, real, fake, protocol, extractor, seed, progress, device);

    /// <summary>Average content distance (Tulyakov et al. 2018; LEO §5): how much the person of a video changes over it.</summary>
    /// <param name="videos">A folder of videos, or a file of features of frames.</param>
    /// <param name="extractor">What looks at frames, see <see cref="FrameExtractors.Known"/>. Its name is in the number's.</param>
    /// <param name="protocol">Whose number of frames is taken.</param>
    /// <param name="progress">Told videos done and in all. May throw to stop.</param>
    /// <param name="device">What computes: <see cref="ComputeDevice.Known"/>.</param>
    /// <exception cref="LeoException">A file or folder is missing or broken, no such extractor, or no video in which somebody was found twice.</exception>
    public static QualityNumber Acd(string videos, string extractor = "palette", string protocol = "digan", Action<int, int>? progress = null, string device = ComputeDevice.Auto)
    {
        var found = MetricProtocol.Find(protocol);
        if (!FrameExtractors.Knows(extractor))
            throw new MetricException(extractor, $"looks at clips, while ACD wants frames: {FrameExtractors.Known}", "Give one of them");
        using var features = Features(videos, extractor, found, Clips(found, randomStart: false, 0), progress, device);
        return Acd(features, videos);
    }

    /// <summary>As <see cref="Fvd(string, string, string, string, long, Action{int, int}?, string)"/>, of features.</summary>
    /// <param name="real">Of real videos.</param>
    /// <param name="fake">Of generated ones.</param>
    /// <param name="protocol">Form of the distance.</param>
    /// <param name="trials">How samples are drawn; null is the protocol's way, with seed 0.</param>
    /// <param name="nameReal">What to call the first set in errors.</param>
    /// <param name="nameFake">What to call the second.</param>
    /// <exception cref="MetricException">Too few samples, or sets that were made differently.</exception>
    public static QualityNumber Fvd(VideoFeatures real, VideoFeatures fake, MetricProtocol protocol, MetricTrials? trials = null, string nameReal = "the real videos", string nameFake = "the generated videos") =>
        Of("FVD", real, fake, protocol, trials, nameReal, nameFake, (a, b) => FrechetDistance.Between(a, b, protocol.Form, nameReal, nameFake));

    /// <summary>As <see cref="Kvd(string, string, string, string, long, Action{int, int}?, string)"/>, of features.</summary>
    /// <param name="real">Of real videos.</param>
    /// <param name="fake">Of generated ones.</param>
    /// <param name="protocol">Whose number of samples is taken.</param>
    /// <param name="trials">How samples are drawn; null is the protocol's way, with seed 0.</param>
    /// <param name="nameReal">What to call the first set in errors.</param>
    /// <param name="nameFake">What to call the second.</param>
    /// <exception cref="MetricException">Too few samples, or sets that were made differently.</exception>
    public static QualityNumber Kvd(VideoFeatures real, VideoFeatures fake, MetricProtocol protocol, MetricTrials? trials = null, string nameReal = "the real videos", string nameFake = "the generated videos") =>
        Of("KVD", real, fake, protocol, trials, nameReal, nameFake, (a, b) => KernelDistance.Between(a, b, nameReal, nameFake));

    /// <summary>As <see cref="Acd(string, string, string, Action{int, int}?, string)"/>, of features of frames.</summary>
    /// <param name="videos">The features.</param>
    /// <param name="name">What to call the set in errors.</param>
    /// <exception cref="MetricException">No video has two rows.</exception>
    public static QualityNumber Acd(VideoFeatures videos, string name = "the videos")
    {
        var (distance, count) = ContentDistance.Mean(videos.Features, videos.Videos, subject: name);
        return new QualityNumber(MetricName.Of("ACD", ExtractorOf(videos)), new MetricValue(distance, 0, 1, count, 0), "all pairs of frames");
    }

    /// <summary>What an extractor sees in a set of videos: made once, measured often.</summary>
    /// <param name="videos">A folder of videos; or a file of features, which is read as it is.</param>
    /// <param name="extractor">Of clips (<see cref="VideoExtractors.Known"/>) or of frames (<see cref="FrameExtractors.Known"/>).</param>
    /// <param name="protocol">How frames are prepared for extractors of clips.</param>
    /// <param name="sampling">Which frames are looked at.</param>
    /// <param name="progress">Told videos done and in all. May throw to stop.</param>
    /// <param name="device">What computes: <see cref="ComputeDevice.Known"/>.</param>
    /// <returns>The features; the caller disposes of them.</returns>
    /// <exception cref="LeoException">A file or folder is missing or broken, or no such extractor.</exception>
    public static VideoFeatures Features(string videos, string extractor, MetricProtocol protocol, ClipSampling sampling, Action<int, int>? progress = null, string device = ComputeDevice.Auto)
    {
        if (File.Exists(videos))
            return Stored(videos);
        var paths = VideoFolder.List(videos);
        return Features(extractor, protocol, sampling, videos, paths, done => progress?.Invoke(done, paths.Count), device: device);
    }

    /// <summary>As the other, of some videos of a folder.</summary>
    /// <param name="extractor">As above.</param>
    /// <param name="protocol">As above.</param>
    /// <param name="sampling">As above.</param>
    /// <param name="folder">Where the videos are.</param>
    /// <param name="paths">The videos.</param>
    /// <param name="progress">Told videos done. May throw to stop.</param>
    /// <param name="parts">Keeps what was seen of each video; null keeps nothing.</param>
    /// <param name="device">As above.</param>
    /// <param name="team">Processes that divide the videos and all get all features; null for this one.</param>
    /// <exception cref="LeoException">As above.</exception>
    public static VideoFeatures Features(string extractor, MetricProtocol protocol, ClipSampling sampling, string folder, IReadOnlyList<string> paths, Action<int>? progress = null, ExtractionParts? parts = null, string device = ComputeDevice.Auto, Team? team = null)
    {
        if (FrameExtractors.Knows(extractor))
        {
            using var frames = FrameExtractors.Open(extractor, device);
            return new FrameFeatureExtraction(frames, sampling).Run(folder, paths, progress, parts, team);
        }
        using var clips = VideoExtractors.Open(extractor, device);
        return new FeatureExtraction(clips, protocol, sampling).Run(folder, paths, progress, parts, team);
    }

    private static QualityNumber OfFolders(Func<VideoFeatures, VideoFeatures, MetricProtocol, MetricTrials?, string, string, QualityNumber> metric, string real, string fake, string protocol, string extractor, long seed, Action<int, int>? progress, string device)
    {
        var found = MetricProtocol.Find(protocol);
        if (FrameExtractors.Knows(extractor))
            throw new MetricException(extractor, $"looks at frames, while FVD and KVD want clips: {VideoExtractors.Known}", "Give one of them");
        using var a = Features(real, extractor, found, Clips(found, randomStart: true, seed), progress, device);
        using var b = Features(fake, extractor, found, Clips(found, randomStart: false, seed), progress, device);
        return metric(a, b, found, new MetricTrials(found.Samples, found.Trials, seed), real, fake);
    }

    private static QualityNumber Of(string metric, VideoFeatures real, VideoFeatures fake, MetricProtocol protocol, MetricTrials? trials, string nameReal, string nameFake, Func<Tensor, Tensor, double> distance)
    {
        if (FeatureMetadata.Difference(real.Metadata, fake.Metadata) is { } difference)
            throw new MetricException(nameFake, $"was made otherwise than {nameReal}: {difference}", "Make both sets alike");
        var value = (trials ?? new MetricTrials(protocol.Samples, protocol.Trials, 0)).Run(real.Features, fake.Features, distance);
        return new QualityNumber(MetricName.Of(metric, ExtractorOf(real)), value, protocol.Name)
        {
            Caution = metric == "FVD" ? MetricCaution.OfFrechet(protocol, value, real.Features.shape[1]) : MetricCaution.OfKernel(protocol, value),
        };
    }

    private static ClipSampling Clips(MetricProtocol protocol, bool randomStart, long seed) =>
        new() { Frames = protocol.Frames, Stride = protocol.Stride, RandomStart = randomStart, Seed = seed };

    private static string? ExtractorOf(VideoFeatures features) => features.Metadata.GetValueOrDefault(FeatureMetadata.Extractor);

    private static VideoFeatures Stored(string path)
    {
        using var file = FeatureFile.Open(path);
        using var scope = NewDisposeScope();
        var rows = file.RequireFeatures();
        if (rows.dim() != 2)
            throw new MetricException(path, $"features are [{string.Join(", ", rows.shape)}], expected [N, D]", "Give what `leo features` wrote");
        long[] videos = file.Videos?.to(ScalarType.Int64).ToArray<long>() ?? [.. Enumerable.Range(0, (int)rows.shape[0]).Select(i => (long)i)];
        return new VideoFeatures(rows.alias().DetachFromDisposeScope(), videos) { Metadata = file.Metadata };
    }
}

/// <summary>A number of <see cref="VideoQuality"/>, with all that stands beside it where it is printed.</summary>
/// <param name="Name">With any extractor but I3D's the extractor is part of it: <c>FVD(puppet-i3d)</c>.</param>
/// <param name="Value">The number, and what it rests on.</param>
/// <param name="Protocol">The protocol's name.</param>
public sealed record QualityNumber(string Name, MetricValue Value, string Protocol)
{
    /// <summary>What to know where it rests on few videos; null where they are enough.</summary>
    public string? Caution { get; init; }

    /// <summary>For a line of text: name, number, spread, protocol and samples, and a caution where there is one.</summary>
    public override string ToString()
    {
        string spread = Value.Trials > 1 ? string.Create(CultureInfo.InvariantCulture, $" ± {Value.Deviation:0.####} over {Value.Trials} trials") : "";
        string samples = Value.SamplesB > 0 ? $"{Value.SamplesA} real and {Value.SamplesB} generated clips" : $"{Value.SamplesA} videos";
        return string.Create(CultureInfo.InvariantCulture, $"{Name} {Value.Value:0.####}{spread} ({Protocol}; {samples}){(Caution is null ? "" : $"; caution: {Caution}")}");
    }
}
