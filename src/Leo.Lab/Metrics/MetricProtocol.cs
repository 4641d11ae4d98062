using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>
/// Everything besides the videos that a published FVD or KVD depends on. Numbers of different protocols cannot be compared, so the name stands
/// beside each; <c>docs/metrics.md</c> writes each protocol down with its source.
/// </summary>
public sealed record MetricProtocol
{
    /// <summary>How it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Whose code it follows.</summary>
    public required string Source { get; init; }

    /// <summary>How frames are brought to the extractor's size.</summary>
    public required ClipResize Resize { get; init; }

    /// <summary>The form of the Fréchet distance.</summary>
    public required FrechetForm Form { get; init; }

    /// <summary>Frames of a clip.</summary>
    public int Frames { get; init; } = 16;

    /// <summary>Every how many frames of the video one is taken.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Videos compared, of each side.</summary>
    public int Samples { get; init; } = 2048;

    /// <summary>How often samples are drawn; the number is the mean, with its standard deviation.</summary>
    public int Trials { get; init; } = 1;

    /// <summary>LEO's for TaichiHD (LEO §5): DIGAN's <c>compute_fvd_kvd.py</c>.</summary>
    public static MetricProtocol Digan { get; } = new()
    {
        Name = "digan",
        Source = "Yu et al. 2022, compute_fvd_kvd.py",
        Resize = ClipResize.ShortSideAndCrop,
        Form = FrechetForm.VideoGpt,
        Trials = 10,
    };

    /// <summary>VideoGPT's <c>compute_fvd.py</c>.</summary>
    public static MetricProtocol VideoGpt { get; } = new()
    {
        Name = "videogpt",
        Source = "Yan et al. 2021, compute_fvd.py",
        Resize = ClipResize.ShortSideAndCrop,
        Form = FrechetForm.VideoGpt,
        Samples = 256,
        Trials = 1,
    };

    /// <summary>TATS's <c>tats/fvd</c>.</summary>
    public static MetricProtocol Tats { get; } = new()
    {
        Name = "tats",
        Source = "Ge et al. 2022, tats/fvd/fvd.py",
        Resize = ClipResize.Stretch,
        Form = FrechetForm.VideoGpt,
    };

    /// <summary>LEO's for FaceForensics and CelebV-HQ (LEO §5): StyleGAN-V's <c>fvd2048_16f</c>.</summary>
    public static MetricProtocol StyleGanV { get; } = new()
    {
        Name = "styleganv",
        Source = "Skorokhodov et al. 2022, fvd2048_16f",
        Resize = ClipResize.Stretch,
        Form = FrechetForm.StyleGanV,
    };

    /// <summary>StyleGAN-V's <c>fvd2048_128f</c>: 128 consecutive frames.</summary>
    public static MetricProtocol StyleGanV128 { get; } = StyleGanV with { Name = "fvd2048_128f", Source = "Skorokhodov et al. 2022, fvd2048_128f", Frames = 128 };

    /// <summary>StyleGAN-V's <c>fvd2048_128f_subsample8f</c>: 16 frames, each the eighth after the one before.</summary>
    public static MetricProtocol StyleGanV128By8 { get; } =
        StyleGanV with { Name = "fvd2048_128f_subsample8f", Source = "Skorokhodov et al. 2022, fvd2048_128f_subsample8f", Stride = 8 };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricProtocol> All { get; } = [Digan, VideoGpt, Tats, StyleGanV, StyleGanV128, StyleGanV128By8];

    /// <summary>Names that are understood; <c>fvd2048_16f</c> is <c>styleganv</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(p => p.Name), Alias];

    private const string Alias = "fvd2048_16f";

    /// <summary>The protocol of that name.</summary>
    /// <exception cref="MetricException">There is none.</exception>
    public static MetricProtocol Find(string name) => All.FirstOrDefault(p => p.Name == (name == Alias ? StyleGanV.Name : name))
        ?? throw new MetricException(name, $"is no protocol; known are {string.Join(", ", Names)}", "Choose one of them");
}

/// <summary>What a number is called. With any other extractor than I3D's it is another number, and so has another name.</summary>
public static class MetricName
{
    /// <summary><c>FVD</c> with I3D, <c>FVD(puppet-i3d)</c> with another extractor.</summary>
    /// <param name="metric">FVD, KVD, KID or ACD.</param>
    /// <param name="extractor">What made the features; null where that is not known.</param>
    public static string Of(string metric, string? extractor) =>
        extractor is null || (metric != "ACD" && extractor.Split('-').Contains("i3d") && !extractor.StartsWith("puppet", StringComparison.Ordinal)) ? metric : $"{metric}({extractor})";
}

/// <summary>Features that a metric cannot be computed from: too few, not finite, or not made alike.</summary>
public sealed class MetricException : LeoException
{
    /// <summary>Makes the one-line message <c>subject: problem. advice</c>.</summary>
    /// <param name="subject">The file, or the set's name.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="advice">What to do about it.</param>
    public MetricException(string subject, string problem, string advice)
        : base(subject, problem, advice)
    {
    }
}

/// <summary>Brings frames to what a video extractor takes, in the very operations of the published programs.</summary>
public static class ClipPreparation
{
    /// <summary>Resizes a clip and scales its values.</summary>
    /// <param name="frames">[T, 3, H, W], values 0 to 255.</param>
    /// <param name="resize">Whose way.</param>
    /// <param name="size">Side that comes out.</param>
    /// <returns>[1, 3, T, size, size] in [-1, 1].</returns>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public static Tensor Run(Tensor frames, ClipResize resize, int size)
    {
        if (frames.dim() != 4 || frames.shape[1] != 3 || frames.shape[0] < 1)
            throw new ArgumentException($"A clip is [T, 3, H, W], not [{string.Join(", ", frames.shape)}].", nameof(frames));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var video = frames.to(ScalarType.Float32);
        // The order of dividing, subtracting and doubling is each program's own; it decides the last bit.
        var scaled = resize == ClipResize.ShortSideAndCrop
            ? (Middle(Resized(video / 255f, ShortSide(video.shape[2], video.shape[3], size)), size) - 0.5f) * 2f
            : Resized(video, [size, size]) * 2f / 255f - 1f;
        return scaled.transpose(0, 1).unsqueeze(0).contiguous().MoveToOuterDisposeScope();
    }

    // VideoGPT's sizes: the long side is rounded up, in the floating point of Python.
    private static long[] ShortSide(long height, long width, int size)
    {
        double scale = (double)size / Math.Min(height, width);
        return height < width ? [size, (long)Math.Ceiling(width * scale)] : [(long)Math.Ceiling(height * scale), size];
    }

    private static Tensor Resized(Tensor frames, long[] size) =>
        nn.functional.interpolate(frames, size, mode: InterpolationMode.Bilinear, align_corners: false);

    private static Tensor Middle(Tensor frames, int size) =>
        frames.narrow(2, (frames.shape[2] - size) / 2, size).narrow(3, (frames.shape[3] - size) / 2, size);
}

/// <summary>How a protocol brings frames to the extractor's 224×224. Both interpolate bilinearly between pixel centres, without smoothing first.</summary>
public enum ClipResize
{
    /// <summary>The short side becomes 224 and the middle is cut out: VideoGPT, DIGAN.</summary>
    ShortSideAndCrop,

    /// <summary>Each side becomes 224, whatever that does to proportions: TATS, StyleGAN-V's detector.</summary>
    Stretch,
}
