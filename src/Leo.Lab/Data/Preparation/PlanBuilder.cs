using System.Text;

namespace Leo.Lab.Data.Preparation;

/// <summary>Gathers a plan and keeps its names usable and unique.</summary>
/// <param name="source">The folder that sources are named relative to.</param>
internal sealed class PlanBuilder(string source)
{
    private readonly List<ClipPlan> clips = [];
    private readonly List<PreparedClip> skipped = [];
    private readonly List<string> warnings = [];
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase); // some disks do not tell A from a

    /// <summary>Takes a clip, or sets it aside if its name cannot be a file's or is taken.</summary>
    public void Add(ClipPlan clip)
    {
        if (!IsUsable(clip.Name))
            Skip(clip.Name, clip.Source, "its name cannot be a file's");
        else if (!names.Add(clip.Name))
            Skip(clip.Name, clip.Source, "listed twice; the first one is used");
        else
            clips.Add(clip);
    }

    public void Skip(string name, string path, string reason) =>
        skipped.Add(new PreparedClip { Name = name, Source = VideoFolder.NameIn(source, path.Replace('\0', '\ufffd')), Reason = reason });

    public void Warn(string text) => warnings.Add(text);

    /// <summary>Warns of a number of things alike, naming the first few.</summary>
    public void WarnOf(IReadOnlyCollection<string> things, string problem)
    {
        if (things.Count > 0)
            Warn($"{things.Count} {problem}: {string.Join(", ", things.Take(3))}{(things.Count > 3 ? ", …" : "")}");
    }

    public DatasetPlan Build(string layout, params (string Part, int Count)[] published) =>
        new(layout, clips, skipped, warnings, published.ToDictionary(p => p.Part, p => p.Count));

    // Names come out of downloaded files and become paths; file systems end a name at 255 bytes, and a part of it is ours.
    private static bool IsUsable(string name) =>
        name.Split('/').All(p => p.Length > 0 && Encoding.UTF8.GetByteCount(p) <= 200 && p[0] != '.' && !p.Contains('\\') && !p.Any(char.IsControl));
}
