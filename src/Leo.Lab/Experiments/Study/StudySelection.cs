using System.Security.Cryptography;
using System.Text;
using Leo.Lab.Data;

namespace Leo.Lab.Experiments.Study;

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
