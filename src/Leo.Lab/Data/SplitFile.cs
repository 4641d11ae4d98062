using System.Text.Json;

namespace Leo.Lab.Data;

/// <summary>
/// A split that someone wrote down: <c>split.json</c>, <c>{"train": ["a.mp4", …], "test": […]}</c>, or <c>train.txt</c> and
/// <c>test.txt</c> with a name a line (what follows a space, as UCF101's class numbers, is left out). Names are relative to the
/// folder, with or without extension.
/// </summary>
internal static class SplitFile
{
    /// <returns>Null if the folder holds no split.</returns>
    /// <exception cref="DataException">The split cannot be read, names an unknown video, or has one on both sides.</exception>
    public static (IReadOnlyList<string> Train, IReadOnlyList<string> Test)? Find(string folder, IReadOnlyList<string> all)
    {
        var json = Path.Combine(folder, "split.json");
        var (trainText, testText) = (Path.Combine(folder, "train.txt"), Path.Combine(folder, "test.txt"));
        try
        {
            if (File.Exists(json))
            {
                var names = Parse(json);
                return Resolve(folder, all, (json, names.Train), (json, names.Test));
            }

            if (File.Exists(trainText) && File.Exists(testText))
                return Resolve(folder, all, (trainText, Lines(trainText)), (testText, Lines(testText)));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException(folder, $"its split cannot be read ({e.Message.TrimEnd('.')})", "Check the permissions");
        }
    }

    private static (IReadOnlyList<string> Train, IReadOnlyList<string> Test) Parse(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            IReadOnlyList<string> Names(string key) => [.. document.RootElement.GetProperty(key).EnumerateArray().Select(n => n.GetString() ?? "")];
            return (Names("train"), Names("test"));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DataException(path, $"not a split ({e.Message.TrimEnd('.')})", """Write {"train": ["a.mp4"], "test": ["b.mp4"]}""");
        }
    }

    private static List<string> Lines(string path) =>
        [.. File.ReadLines(path).Select(l => l.Trim().Split(' ')[0]).Where(l => l.Length > 0)];

    private static (IReadOnlyList<string> Train, IReadOnlyList<string> Test) Resolve(
        string folder, IReadOnlyList<string> all, (string File, IReadOnlyList<string> Names) train, (string File, IReadOnlyList<string> Names) test)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in all)
            known.TryAdd(Path.ChangeExtension(VideoFolder.NameIn(folder, path), null), path);
        foreach (var path in all)
            known[VideoFolder.NameIn(folder, path)] = path; // full names win

        IReadOnlyList<string> Paths((string File, IReadOnlyList<string> Names) side) =>
            [.. side.Names.Select(n => known.TryGetValue(n.Replace('\\', '/'), out var path) ? path
                : throw new DataException(side.File, $"names '{n}', which is not among the {all.Count} videos of the folder", "Correct the name or add the video"))
                .Distinct().Order(StringComparer.Ordinal)];

        var (left, right) = (Paths(train), Paths(test));
        if (left.Intersect(right).FirstOrDefault() is { } both)
            throw new DataException(test.File, $"has '{VideoFolder.NameIn(folder, both)}' in train and in test", "Keep each video on one side");
        if (left.Count == 0)
            throw new DataException(train.File, "has no videos to train on", "Name at least one under train");
        return (left, right);
    }
}
