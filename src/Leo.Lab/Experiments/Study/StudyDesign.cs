using System.Security.Cryptography;
using System.Text;
using Leo.Lab.Data;

namespace Leo.Lab.Experiments.Study;

/// <summary>Lays a study out: which clips meet, and what each rater sees in which order and on which side.</summary>
internal static class StudyDesign
{
    /// <summary>Makes the key from the clips chosen.</summary>
    /// <param name="options">The layout.</param>
    /// <param name="groups">For each comparison or method, the files that meet in each item: two or one.</param>
    /// <param name="draw">The study's chance.</param>
    public static StudyKey Make(StudyOptions options, IReadOnlyList<StudyGroup> groups, StudyDraw draw)
    {
        List<StudyClip> clips = [];
        List<StudyItem> items = [];
        List<bool> swapped = [];

        string Add(string method, string source, string purpose, bool spoilt = false)
        {
            clips.Add(new StudyClip(draw.Name(purpose), method, source, spoilt));
            return clips[^1].Name;
        }

        foreach (var group in groups)
        {
            swapped.AddRange(draw.Halves(group.Items.Count, $"sides {group.Method}"));
            for (int i = 0; i < group.Items.Count; i++)
            {
                string name = FormattableString.Invariant($"{group.Method} {i}");
                items.Add(new StudyItem(draw.Name($"item {name}"), group.Method,
                    [.. group.Items[i].Select((f, side) => Add(f.Method, f.Source, FormattableString.Invariant($"clip {side} {name}")))]));
            }
        }

        var shown = groups.SelectMany(g => g.Items).SelectMany(f => f).Distinct().ToList();
        int[] chosen = draw.Order(shown.Count, "checks");
        swapped.AddRange(draw.Halves(options.Checks, "sides of checks"));
        for (int i = 0; i < options.Checks; i++)
        {
            var (method, source) = shown[chosen[i % shown.Count]];
            string spoilt = Add(method, source, $"spoilt {i}", spoilt: true);
            string id = draw.Name($"check {i}");
            if (options.Question.Mode == StudyMode.Occurrence)
            {
                items.Add(new StudyItem(id, null, [spoilt], "yes"));
                continue;
            }
            string intact = Add(method, source, $"intact {i}");
            items.Add(new StudyItem(id, null, [intact, spoilt], intact));
        }

        bool[] turned = draw.Halves(options.Raters, "sides by rater");
        var sheets = Enumerable.Range(1, options.Raters).Select(rater => new StudySheet(rater, draw.Hash($"token {rater}")[..32],
            [.. draw.Order(items.Count, $"order {rater}").Select(i => Trial(items[i], swapped[i] ^ turned[rater - 1]))])).ToList();
        return new StudyKey
        {
            Format = StudyKey.FormatName,
            Study = NameOf(options.Question, sheets),
            Question = options.Question,
            Seed = options.Seed,
            Methods = [.. options.Methods.Select(m => m.Name)],
            Clips = [.. clips.OrderBy(c => c.Name, StringComparer.Ordinal)],
            Items = items,
            Sheets = sheets,
        };
    }

    private static StudyTrial Trial(StudyItem item, bool swapped) => new(item.Id, swapped ? [.. item.Clips.Reverse()] : item.Clips);

    private static string NameOf(StudyQuestion question, IReadOnlyList<StudySheet> sheets) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json.WriteLine(new { question, sheets }))))[..16];
}

/// <summary>All items of one comparison, or of one method.</summary>
/// <param name="Method">The other method of the comparison, or the method.</param>
/// <param name="Items">The files of each item, by method and path within its folder: the first method's and the other's, or one alone.</param>
internal sealed record StudyGroup(string Method, IReadOnlyList<IReadOnlyList<(string Method, string Source)>> Items);

/// <summary>Which clips of each method are shown, and which meet in a pair; drawn by seed and file names.</summary>
internal static class StudySelection
{
    /// <summary>The items of each comparison, or of each method.</summary>
    /// <exception cref="DataException">A folder is missing or holds no clips.</exception>
    /// <exception cref="StudyException">It holds too few.</exception>
    public static IReadOnlyList<StudyGroup> Choose(StudyOptions options)
    {
        var files = options.Methods.ToDictionary(m => m.Name, m => (IReadOnlyList<string>)[.. VideoFolder.List(m.Folder).Select(p => VideoFolder.NameIn(m.Folder, p))]);
        var draw = new StudyDraw(options.Seed, files.SelectMany(f => f.Value).Select(name => SHA256.HashData(Encoding.UTF8.GetBytes(name))));
        if (options.Question.Mode == StudyMode.Occurrence)
            return [.. options.Methods.Select(m => new StudyGroup(m.Name, [.. Some(options, draw, m, files[m.Name], $"clips {m.Name}").Select(f => new[] { (m.Name, f) })]))];

        var first = options.Methods[0];
        return [.. options.Methods.Skip(1).Select(other => new StudyGroup(other.Name,
            [.. (options.PairsByName ? ByName(options, draw, other, files) : ByChance(options, draw, other, files))
                .Select(pair => new[] { (first.Name, pair.First), (other.Name, pair.Second) })]))];
    }

    private static IEnumerable<(string First, string Second)> ByChance(StudyOptions options, StudyDraw draw, StudyMethod other, Dictionary<string, IReadOnlyList<string>> files) =>
        Some(options, draw, options.Methods[0], files[options.Methods[0].Name], $"first against {other.Name}")
            .Zip(Some(options, draw, other, files[other.Name], $"clips {other.Name}"));

    private static IEnumerable<(string First, string Second)> ByName(StudyOptions options, StudyDraw draw, StudyMethod other, Dictionary<string, IReadOnlyList<string>> files)
    {
        static string Stem(string file) => Path.ChangeExtension(file, null);
        var theirs = files[other.Name].GroupBy(Stem).ToDictionary(g => g.Key, g => g.First());
        var both = files[options.Methods[0].Name].Where(f => theirs.ContainsKey(Stem(f))).ToList();
        return Some(options, draw, other, both, $"names {other.Name}").Select(f => (f, theirs[Stem(f)]));
    }

    private static IEnumerable<string> Some(StudyOptions options, StudyDraw draw, StudyMethod method, IReadOnlyList<string> files, string purpose) =>
        files.Count >= options.Count
            ? draw.Order(files.Count, purpose).Take(options.Count).Select(i => files[i])
            : throw new StudyException(StudyFault.Settings, method.Folder,
                $"{files.Count} clips{(options.PairsByName ? $" with the names of {options.Methods[0].Folder}" : "")}, while {options.Count} are to be shown", "Show fewer with --count, or make more clips");
}

/// <summary>
/// The study's chance: SHA-256 of the seed, the content of all clips, and a purpose. Who has only the page, and so not the original clips,
/// cannot repeat a draw, not even knowing the seed; the same clips and seed give the same study.
/// </summary>
internal sealed class StudyDraw
{
    private readonly byte[] _root;

    /// <param name="seed">The seed.</param>
    /// <param name="digests">SHA-256 of each clip, in a fixed order.</param>
    public StudyDraw(long seed, IEnumerable<byte[]> digests)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"leo-study {seed}\n")));
        foreach (byte[] digest in digests)
            hash.AppendData(digest);
        _root = hash.GetHashAndReset();
    }

    /// <summary>A name that tells nothing: 16 hexadecimal digits.</summary>
    public string Name(string purpose) => Hash(purpose)[..16];

    /// <summary>64 hexadecimal digits.</summary>
    public string Hash(string purpose) => Convert.ToHexStringLower(HMACSHA256.HashData(_root, Encoding.UTF8.GetBytes(purpose)));

    /// <summary>0 … <paramref name="count"/> − 1 in an order that depends on the purpose alone.</summary>
    public int[] Order(int count, string purpose) =>
        [.. Enumerable.Range(0, count).OrderBy(i => Hash(FormattableString.Invariant($"{purpose} #{i}")), StringComparer.Ordinal)];

    /// <summary>Half of them true, drawn; of an odd number, which half is larger is drawn too.</summary>
    public bool[] Halves(int count, string purpose)
    {
        var (order, halves) = (Order(count, purpose), new bool[count]);
        int odd = Hash(purpose)[0] & 1;
        for (int i = 0; i < count; i++)
            halves[order[i]] = (i + odd) % 2 == 0;
        return halves;
    }
}
