using System.Globalization;
using System.Text;
using Leo.Lab.Media;

namespace Leo.Lab.Data.Preparation;

/// <summary>What a layout found: the clips to make, those that cannot be made, and the published counts.</summary>
/// <param name="Layout">The layout in words.</param>
/// <param name="Clips">Clips to make.</param>
/// <param name="Skipped">Clips that cannot be made.</param>
/// <param name="Warnings">What else deserves attention.</param>
/// <param name="Published">Counts of each part, or of <c>all</c>.</param>
internal sealed record DatasetPlan(
    string Layout,
    IReadOnlyList<ClipPlan> Clips,
    IReadOnlyList<PreparedClip> Skipped,
    IReadOnlyList<string> Warnings,
    IReadOnlyDictionary<string, int> Published);

/// <summary>One clip to make.</summary>
/// <param name="Name">Where to, without extension: <c>train/abc</c>.</param>
/// <param name="Source">The video or folder of frames.</param>
internal sealed record ClipPlan(string Name, string Source)
{
    /// <summary>The stretch to take; null for all.</summary>
    public ClipRange? Range { get; init; }

    /// <summary>The box to take; null for the centre square.</summary>
    public BoxRule? Box { get; init; }

    /// <summary>A video of face meshes that say what to take.</summary>
    public string? Mask { get; init; }
}

/// <summary>A stretch of a video, its end not included.</summary>
/// <param name="Start">First frame at <paramref name="Rate"/>.</param>
/// <param name="End">First frame that no longer belongs.</param>
/// <param name="Rate">Frames a second in which start and end are counted; 1 where they are seconds.</param>
internal sealed record ClipRange(double Start, double End, double Rate)
{
    // Rates are published, and read by the official loaders, with two decimals (29.97 for 30000/1001): frames count one to one then.
    private const double SameRate = 0.002;

    /// <summary>The same stretch in a video's own frames: those i with start ≤ i · Rate / fps &lt; end, as the official loaders take them.</summary>
    public (int First, int Count) Frames(double fps)
    {
        double scale = Math.Abs(fps / Rate - 1) < SameRate ? 1 : (Rate == 1 ? fps : Math.Round(fps, 2)) / Rate;
        var (first, last) = (Index(Start * scale), Index(End * scale));
        return (first, Math.Max(0, last - first));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start}..{End} at {Rate}");

    private static int Index(double at) => (int)Math.Clamp(Math.Ceiling(at - 1e-3), 0, int.MaxValue);
}

/// <summary>A published box, to be laid on a video of whatever size was downloaded.</summary>
internal abstract record BoxRule
{
    /// <summary>The box in pixels; it may reach outside the picture.</summary>
    public abstract PixelBox On(int width, int height);
}

/// <summary>A box in the pixels of a reference size, as TaichiHD's metadata gives it.</summary>
internal sealed record ReferenceBox(int Left, int Top, int Right, int Bottom, int Width, int Height) : BoxRule
{
    public override PixelBox On(int width, int height)
    {
        double x = (double)Width / width, y = (double)Height / height;
        var (left, top) = ((int)(Left / x), (int)(Top / y));
        return new PixelBox(left, top, (int)(Right / x) - left, (int)(Bottom / y) - top);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Left}-{Top}-{Right}-{Bottom} of {Width}x{Height}");
}

/// <summary>A box in shares of the picture, as CelebV-HQ's metadata gives it: enlarged by 0.02 on each side, then made square.</summary>
internal sealed record NormalizedBox(double Top, double Bottom, double Left, double Right) : BoxRule
{
    private const double Margin = 0.02;

    public override PixelBox On(int width, int height)
    {
        static int Pixels(double share, int side) => (int)Math.Round(Math.Clamp(share, 0, 1) * side, MidpointRounding.ToEven);
        int top = Pixels(Top - Margin, height), bottom = Pixels(Bottom + Margin, height);
        int left = Pixels(Left - Margin, width), right = Pixels(Right + Margin, width);
        int half = Math.Min(bottom - top, right - left) / 2;
        return new PixelBox(((left + right) / 2) - half, ((top + bottom) / 2) - half, 2 * half, 2 * half);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Top}-{Bottom}-{Left}-{Right}");
}

/// <summary>Gathers a plan and keeps its names usable and unique.</summary>
/// <param name="source">The folder that sources are named relative to.</param>
internal sealed class PlanBuilder(string source)
{
    private readonly List<ClipPlan> _clips = [];
    private readonly List<PreparedClip> _skipped = [];
    private readonly List<string> _warnings = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase); // some disks do not tell A from a

    /// <summary>Takes a clip, or sets it aside if its name cannot be a file's or is taken.</summary>
    public void Add(ClipPlan clip)
    {
        if (!IsUsable(clip.Name))
            Skip(clip.Name, clip.Source, "its name cannot be a file's");
        else if (!_names.Add(clip.Name))
            Skip(clip.Name, clip.Source, "listed twice; the first one is used");
        else
            _clips.Add(clip);
    }

    public void Skip(string name, string path, string reason) =>
        _skipped.Add(new PreparedClip { Name = name, Source = VideoFolder.NameIn(source, path.Replace('\0', '\ufffd')), Reason = reason });

    public void Warn(string text) => _warnings.Add(text);

    /// <summary>Warns of a number of things alike, naming the first few.</summary>
    public void WarnOf(IReadOnlyCollection<string> things, string problem)
    {
        if (things.Count > 0)
            Warn($"{things.Count} {problem}: {string.Join(", ", things.Take(3))}{(things.Count > 3 ? ", …" : "")}");
    }

    public DatasetPlan Build(string layout, params (string Part, int Count)[] published) =>
        new(layout, _clips, _skipped, _warnings, published.ToDictionary(p => p.Part, p => p.Count));

    // Names come out of downloaded files and become paths; file systems end a name at 255 bytes, and a part of it is ours.
    private static bool IsUsable(string name) =>
        name.Split('/').All(p => p.Length > 0 && Encoding.UTF8.GetByteCount(p) <= 200 && p[0] != '.' && !p.Contains('\\') && !p.Any(char.IsControl));
}
