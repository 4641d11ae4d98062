using System.Text.Json;
using Leo.Lab.Media;

namespace Leo.Lab.Data;

/// <summary>
/// A split that someone wrote down: <c>split.json</c>, <c>{"train": ["a.mp4", …], "test": […]}</c>, or <c>train.txt</c> and
/// <c>test.txt</c> with a name a line. Names are relative to the folder or whole paths, with or without extension; blanks belong to them, and accents count the same in either way to write them. Lines that
/// begin with <c>#</c> are left out unless a video is called so, and so is what follows a tab or, as UCF101's class numbers, is only a number behind the name.
/// What is written otherwise – in other capitals, with percent signs, from the working folder – counts where one video alone is called so.
/// </summary>
internal static class SplitFile
{
    /// <returns>Null if the folder holds no split.</returns>
    /// <exception cref="DataException">The split cannot be read, names an unknown video, or has one on both sides.</exception>
    public static (IReadOnlyList<string> Train, IReadOnlyList<string> Test)? Find(string folder, IReadOnlyList<string> all)
    {
        string json = Path.Combine(folder, "split.json");
        var (trainText, testText) = (Path.Combine(folder, "train.txt"), Path.Combine(folder, "test.txt"));
        try
        {
            if (File.Exists(json))
            {
                var names = Parse(json);
                return Resolve(folder, all, (json, One(names.Train)), (json, One(names.Test)));
            }

            if (File.Exists(trainText) && File.Exists(testText))
                return Resolve(folder, all, (trainText, Lines(trainText)), (testText, Lines(testText)));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException(folder, $"its split cannot be read ({e.Message.TrimEnd('.')})", "Check the permissions");
        }

        static List<string[]> One(IReadOnlyList<string> names) => [.. names.Select(n => new[] { n })];
    }

    /// <summary>What a line of a list may name, the likeliest first.</summary>
    /// <param name="line">Without blanks around it.</param>
    /// <param name="allNumbered">Whether all lines of the list end in a number, which then is none of a name.</param>
    internal static string[] Candidates(string line, bool allNumbered)
    {
        List<string> found = [line];
        if (line.IndexOf('\t') is > 0 and var tab)
            found.Add(line[..tab].TrimEnd());
        // "v_1.avi 3", "v_1.avi,3", "v_1.avi 120 3", "v_1.avi # good": a whole name, and nothing behind it that could be part of one.
        if (line.IndexOf(" #", StringComparison.Ordinal) is > 0 and var comment)
            found.Add(line[..comment].TrimEnd());
        string? name = WithoutNumber(line);
        if (allNumbered && name is not null)
            found.Add(name);
        for (; name is not null; name = WithoutNumber(name))
        {
            if (MediaKind.IsVideo(Visible(name)))
                found.Add(name);
        }

        // Of a list in a program's or a table's form: quotes around the name, and commas behind it.
        found.AddRange(found.Select(n => Visible(Unquoted(n.TrimEnd(',', ';')))).ToList());
        return [.. found.Where(n => n.Length > 0).Distinct()];
    }

    private static string Unquoted(string name) => name.Length > 2 && name[0] is '"' or '\'' or '`' && name[^1] == name[0] ? name[1..^1] : name;

    // Invisible marks that come along when a name is copied: byte order marks, and the directions that Windows puts before a path.
    private static string Visible(string line)
    {
        int start = 0, end = line.Length;
        while (start < end && Invisible(line[start]))
            start++;
        while (end > start && Invisible(line[end - 1]))
            end--;
        return line[start..end];

        static bool Invisible(char c) => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format;
    }

    private static (IReadOnlyList<string> Train, IReadOnlyList<string> Test) Parse(string path)
    {
        const string Advice = """Write {"train": ["a.mp4"], "test": ["b.mp4"]}""";
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new DataException(path, $"not a split (it is no object but {(root.ValueKind == JsonValueKind.Array ? "a list" : "a single value")})", Advice);
            return (Names("train"), Names("test"));

            IReadOnlyList<string> Names(string key)
            {
                if (!root.TryGetProperty(key, out var list))
                    throw new DataException(path, $"not a split (it has no '{key}', only {(root.EnumerateObject().Select(p => $"'{p.Name}'").Take(5).ToList() is { Count: > 0 } keys ? string.Join(", ", keys) : "{}")})", Advice);
                if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(n => n.ValueKind != JsonValueKind.String))
                    throw new DataException(path, $"not a split ('{key}' is no list of names)", Advice);
                return [.. list.EnumerateArray().Select(n => n.GetString() ?? "")];
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DataException(path, $"not a split ({e.Message.TrimEnd('.')})", Advice);
        }
    }

    private static List<string[]> Lines(string path)
    {
        List<string> lines = [.. File.ReadLines(path).Select(Visible).Where(l => l.Length > 0)];
        bool allNumbered = lines.All(l => l[0] == '#' || WithoutNumber(l) is not null);
        return [.. lines.Select(l => Candidates(l, allNumbered))];
    }

    private static (IReadOnlyList<string> Train, IReadOnlyList<string> Test) Resolve(
        string folder, IReadOnlyList<string> all, (string File, IReadOnlyList<string[]> Names) train, (string File, IReadOnlyList<string[]> Names) test)
    {
        var known = Names(folder, all);
        var anyCase = new Lazy<ILookup<string, string>>(() => known.Where(k => k.Value.Count == 1).ToLookup(k => CanonicalName.Of(k.Key).ToUpperInvariant(), k => k.Value[0]));
        IReadOnlyList<string> Paths((string File, IReadOnlyList<string[]> Names) side) =>
            [.. side.Names.Where(n => !IsComment(side.File, n)).Select(n => Named(side.File, n)).Distinct().Order(StringComparer.Ordinal)];

        IEnumerable<string> Forms(string[] candidates) => candidates.Select(name => Plain(folder, name)).SelectMany(c => new[] { c, CanonicalName.Of(c) });

        bool IsComment(string file, string[] candidates) => candidates[0].StartsWith('#') && file.EndsWith(".txt", StringComparison.Ordinal) && !Forms(candidates).Any(known.ContainsKey);

        string Named(string file, string[] candidates)
        {
            string[] forms = [.. Forms(candidates)];
            var found = forms.Select(c => known.GetValueOrDefault(c)).FirstOrDefault(p => p is not null)
                ?? Elsewhere(folder, candidates).Select(c => known.GetValueOrDefault(c)).FirstOrDefault(p => p is not null)
                ?? forms.Select(c => anyCase.Value[CanonicalName.Of(c).ToUpperInvariant()].Distinct().ToList()).FirstOrDefault(p => p.Count > 0)
                ?? throw new DataException(file, $"names '{candidates[0]}', which is not among the {all.Count} videos of the folder", "Correct the name or add the video");
            return found.Count == 1 ? found[0] : throw new DataException(file, $"names '{candidates[0]}', which may be {string.Join(" or ", found.Take(3).Select(p => $"'{VideoFolder.NameIn(folder, p)}'"))}", "Write the whole name");
        }

        var (left, right) = (Paths(train), Paths(test));
        if (left.Intersect(right).FirstOrDefault() is { } both)
            throw new DataException(test.File, $"has '{VideoFolder.NameIn(folder, both)}' in train and in test", "Keep each video on one side");
        if (left.Count == 0)
            throw new DataException(train.File, "has no videos to train on", "Name at least one under train");
        return (left, right);
    }

    // Full names win over those without endings, and letters as they are written over their composed form.
    private static Dictionary<string, List<string>> Names(string folder, IReadOnlyList<string> all)
    {
        var known = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        Func<string, string>[] forms = [n => n, n => Path.ChangeExtension(n, null), MediaKind.Core];
        foreach (var form in forms)
        {
            Add(form);
            Add(n => CanonicalName.Of(form(n)));
        }

        return known;

        void Add(Func<string, string> form)
        {
            foreach (var named in all.GroupBy(p => form(VideoFolder.NameIn(folder, p)), StringComparer.Ordinal))
                known.TryAdd(named.Key, [.. named]);
        }
    }

    // The same name by a percent-encoded address, or from the folder that the program runs in.
    private static IEnumerable<string> Elsewhere(string folder, string[] candidates)
    {
        foreach (string name in candidates)
        {
            string plain = name.StartsWith("file://", StringComparison.OrdinalIgnoreCase) ? name["file://".Length..] : name;
            if (plain.Contains('%') || plain.Length != name.Length)
                yield return Plain(folder, Uri.UnescapeDataString(plain));
            if (name.Length > 0 && !name.Contains('\0'))
                yield return Plain(folder, Path.GetFullPath(name.Replace('\\', '/')));
        }
    }

    private static string Plain(string folder, string name)
    {
        // Also takes out "./", "a/../" and doubled slashes. What leads outside is then no video's name.
        name = name.Replace('\\', '/');
        return name.Contains('\0') ? name : VideoFolder.NameIn(folder, Path.Combine(folder, name)).TrimEnd('/');
    }

    // Null where no number stands behind the name.
    private static string? WithoutNumber(string line)
    {
        int behind = line.LastIndexOfAny([' ', '\t', ',', ';']);
        string name = behind < 0 ? "" : line[..behind].TrimEnd(' ', '\t', ',', ';');
        return name.Length > 0 && behind + 1 < line.Length && line.AsSpan(behind + 1).IndexOfAnyExcept("0123456789.+-") < 0 ? name : null;
    }
}
