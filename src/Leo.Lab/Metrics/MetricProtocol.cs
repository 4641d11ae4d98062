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
        Name = "digan", Source = "Yu et al. 2022, compute_fvd_kvd.py", Resize = ClipResize.ShortSideAndCrop, Form = FrechetForm.VideoGpt, Trials = 10,
    };

    /// <summary>VideoGPT's <c>compute_fvd.py</c>.</summary>
    public static MetricProtocol VideoGpt { get; } = new()
    {
        Name = "videogpt", Source = "Yan et al. 2021, compute_fvd.py", Resize = ClipResize.ShortSideAndCrop, Form = FrechetForm.VideoGpt, Samples = 256, Trials = 1,
    };

    /// <summary>TATS's <c>tats/fvd</c>.</summary>
    public static MetricProtocol Tats { get; } = new()
    {
        Name = "tats", Source = "Ge et al. 2022, tats/fvd/fvd.py", Resize = ClipResize.Stretch, Form = FrechetForm.VideoGpt,
    };

    /// <summary>LEO's for FaceForensics and CelebV-HQ (LEO §5): StyleGAN-V's <c>fvd2048_16f</c>.</summary>
    public static MetricProtocol StyleGanV { get; } = new()
    {
        Name = "styleganv", Source = "Skorokhodov et al. 2022, fvd2048_16f", Resize = ClipResize.Stretch, Form = FrechetForm.StyleGanV,
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
