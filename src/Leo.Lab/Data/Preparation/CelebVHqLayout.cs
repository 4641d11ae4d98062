using System.Text.Json;

namespace Leo.Lab.Data.Preparation;

/// <summary>
/// CelebV-HQ: <c>celebvhq_info.json</c> (<c>clips</c>: <c>ytb_id</c>, <c>duration</c> in seconds, <c>bbox</c> in shares of the picture)
/// with <c>raw/YTB_ID.mp4</c>, or <c>processed/CLIP.mp4</c> as its script cut and cropped them. There is no published split.
/// </summary>
internal static class CelebVHqLayout
{
    private const int Clips = 35666; // LEO §4

    /// <exception cref="DataException">Nothing of it is there, or the JSON is another.</exception>
    public static DatasetPlan Plan(string source, PreparationOptions options)
    {
        var plan = new PlanBuilder(source);
        string? metadata = SourceFiles.Find(options.Metadata, source, "celebvhq_info.json");
        var processed = Videos(source, false, "processed", "downloaded_celebvhq/processed", "35666", ".");
        plan.Warn("CelebV-HQ has no published split; everything goes to train");
        if (metadata is null)
        {
            if (processed.Count == 0)
                throw new DataException(source, "is not CelebV-HQ: neither celebvhq_info.json nor clips are there", "Give the folder of celebvhq_info.json with raw/ or processed/ beside it");
            plan.Warn("celebvhq_info.json is not there; the clips are taken as cropped already");
            foreach (var (name, path) in processed.OrderBy(v => v.Key, StringComparer.Ordinal))
                plan.Add(new ClipPlan($"train/{name}", path));
            return plan.Build("cropped clips", ("all", Clips));
        }

        var raw = Videos(source, true, "raw", "downloaded_celebvhq/raw", ".");
        using var document = Open(metadata);
        try
        {
            foreach (var clip in document.RootElement.GetProperty("clips").EnumerateObject())
                Add(plan, clip.Name, clip.Value, metadata, processed, raw);
        }
        catch (InvalidOperationException e)
        {
            throw new DataException(metadata, $"holds text that is not Unicode ({e.Message.TrimEnd('.')})", "Download celebvhq_info.json again");
        }
        return plan.Build("celebvhq_info.json", ("all", Clips));
    }

    private static void Add(PlanBuilder plan, string name, JsonElement clip, string metadata, Dictionary<string, string> processed, Dictionary<string, string> raw)
    {
        if (processed.TryGetValue(name, out string? cut))
        {
            plan.Add(new ClipPlan($"train/{name}", cut));
            return;
        }

        string? id = Child(clip, "ytb_id") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        double Number(string group, string key) => Child(Child(clip, group), key) is { ValueKind: JsonValueKind.Number } n && n.TryGetDouble(out double v) ? v : double.NaN;
        var range = new ClipRange(Number("duration", "start_sec"), Number("duration", "end_sec"), 1);
        var box = new NormalizedBox(Number("bbox", "top"), Number("bbox", "bottom"), Number("bbox", "left"), Number("bbox", "right"));
        if (id is null || !double.IsFinite(range.Start + range.End + box.Top + box.Bottom + box.Left + box.Right) || range.Start < 0)
            plan.Skip($"train/{name}", metadata, "its entry lacks ytb_id, duration or bbox");
        else if (range.End <= range.Start)
            plan.Skip($"train/{name}", metadata, $"it ends at {range.End} s, before it begins at {range.Start} s");
        else if (box.Bottom <= box.Top || box.Right <= box.Left)
            plan.Skip($"train/{name}", metadata, $"its box is empty: {box}");
        else if (raw.TryGetValue(id, out string? video))
            plan.Add(new ClipPlan($"train/{name}", video) { Range = range, Box = box });
        else
            plan.Skip($"train/{name}", metadata, $"neither the clip nor its video {id} is there");
    }

    private static JsonDocument Open(string path)
    {
        try
        {
            var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (Child(document.RootElement, "clips") is { ValueKind: JsonValueKind.Object })
                return document;
            document.Dispose();
        }
        catch (JsonException e)
        {
            throw new DataException(path, $"cannot be read as JSON ({e.Message})", "Download celebvhq_info.json again");
        }

        throw new DataException(path, "has no object 'clips'", "Give CelebV-HQ's celebvhq_info.json");
    }

    private static JsonElement? Child(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var child) ? child : null;

    private static Dictionary<string, string> Videos(string source, bool byCore, params string[] folders)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string folder in SourceFiles.Folders(source, folders))
        {
            foreach (var (name, path) in byCore ? SourceFiles.VideosByCore(folder) : SourceFiles.Videos(folder))
                found.TryAdd(name, Path.GetFullPath(path));
        }

        return found;
    }
}
