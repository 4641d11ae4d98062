using System.Text.Json;

namespace Leo.Lab.Data.Preparation;

/// <summary>
/// FaceForensics as its script downloads it – <c>train|val|test/original/NAME.avi</c> with <c>mask/NAME.avi</c>, the face meshes in colour
/// on white – or FaceForensics++ – <c>original_sequences/youtube/c23/videos/071.mp4</c> with
/// <c>manipulated_sequences/METHOD/masks/videos/071_054.mp4</c>, white on black, and the official <c>splits/*.json</c>.
/// </summary>
internal static class FaceForensicsLayout
{
    private static readonly string[] Parts = ["train", "val", "test"];
    private static readonly string[] Methods = ["Face2Face", "NeuralTextures", "FaceSwap", "Deepfakes"]; // from whole-face meshes to plain boxes

    /// <exception cref="DataException">Neither layout is there.</exception>
    public static DatasetPlan Plan(string source, PreparationOptions options)
    {
        string root = SourceFiles.Folders(source, "FaceForensics_compressed", "FaceForensics").FirstOrDefault(source);
        if (Parts.Any(p => Directory.Exists(Path.Combine(root, p, "original"))))
            return First(source, root);
        string youtube = Path.Combine(source, "original_sequences", "youtube");
        return SourceFiles.Folders(youtube, "raw/videos", "c0/videos", "c23/videos", "c40/videos") is [var videos, ..]
            ? PlusPlus(source, videos, options)
            : throw new DataException(source, "is not FaceForensics: neither train/original nor original_sequences/youtube/c23/videos is there", "Give the folder that the download script filled");
    }

    private static DatasetPlan First(string source, string root)
    {
        var plan = new PlanBuilder(source);
        foreach (string part in Parts)
        {
            string originals = Path.Combine(root, part, "original"), masks = Path.Combine(root, part, "mask");
            if (!Directory.Exists(originals))
            {
                plan.Warn($"the part {part}/original is not there");
                continue;
            }

            var meshes = Directory.Exists(masks) ? SourceFiles.Videos(masks) : [];
            var videos = SourceFiles.Videos(originals);
            foreach (var (name, path) in videos.OrderBy(v => v.Key, StringComparer.Ordinal))
                Add(plan, $"{part}/{name}", path, meshes.GetValueOrDefault(name), $"{part}/mask");
            plan.WarnOf([.. meshes.Keys.Where(m => !videos.ContainsKey(m)).Order(StringComparer.Ordinal)], $"masks of {part} have no original");
        }

        return plan.Build("FaceForensics", ("train", 704), ("val", 150), ("test", 150));
    }

    private static DatasetPlan PlusPlus(string source, string videos, PreparationOptions options)
    {
        var plan = new PlanBuilder(source);
        var parts = Splits(source, options, plan);
        var masks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string method in Methods)
        {
            foreach (string folder in SourceFiles.Folders(Path.Combine(source, "manipulated_sequences", method), "masks/videos", "masks/images", "masks"))
            {
                foreach (var (name, path) in SourceFiles.Videos(folder).OrderBy(v => v.Key, StringComparer.Ordinal))
                    masks.TryAdd(name.Split('_')[0], path); // 071_054: the face of 054 laid on the video 071
            }
        }

        foreach (var (name, path) in SourceFiles.Videos(videos).OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            if (parts is not null && !parts.ContainsKey(name))
                plan.Skip(name, path, "in none of the official splits");
            else
                Add(plan, $"{parts?[name] ?? "train"}/{name}", path, masks.GetValueOrDefault(name), "manipulated_sequences/*/masks");
        }

        string layout = $"FaceForensics++, {Path.GetFileName(Path.GetDirectoryName(videos))}";
        return parts is null ? plan.Build(layout, ("train", 1000)) : plan.Build(layout, ("train", 720), ("val", 140), ("test", 140));
    }

    private static void Add(PlanBuilder plan, string name, string path, string? mask, string where)
    {
        if (mask is null)
            plan.Skip(name, path, $"no mesh of it in {where}");
        else
            plan.Add(new ClipPlan(name, path) { Mask = mask });
    }

    private static Dictionary<string, string>? Splits(string source, PreparationOptions options, PlanBuilder plan)
    {
        string? folder = SourceFiles.Find(options.Metadata, source, "splits", "dataset/splits");
        if (folder is null)
        {
            plan.Warn("the official splits (splits/train.json, val.json, test.json) are not there; everything goes to train");
            return null;
        }

        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in Parts)
        {
            string path = Path.Combine(folder, part + ".json");
            if (!File.Exists(path))
                throw new DataException(path, "no such file", "Put train.json, val.json and test.json of the official splits there");
            try
            {
                foreach (string?[]? pair in JsonSerializer.Deserialize<string?[]?[]>(File.ReadAllText(path)) ?? [])
                {
                    foreach (string? name in pair ?? throw new JsonException("null in place of a pair"))
                        parts.TryAdd(name ?? throw new JsonException("null in place of a name"), part);
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new DataException(path, $"not a list of pairs ({e.Message})", """Give the official file, [["071", "054"], …]""");
            }
        }

        return parts;
    }
}
