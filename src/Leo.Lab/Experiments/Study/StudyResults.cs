using Leo.Lab.Media;

namespace Leo.Lab.Experiments.Study;

/// <summary>The results of all raters.</summary>
public static class StudyResults
{
    /// <summary>Reads result files, and all <c>.json</c> files of folders, in the order of raters.</summary>
    /// <exception cref="StudyException">A file is refused (<see cref="StudyResult.Read"/>), two are of one rater, or there is none.</exception>
    public static IReadOnlyList<StudyResult> Read(IEnumerable<string> paths, StudyKey key)
    {
        var byRater = new SortedDictionary<int, (StudyResult Result, string Path)>();
        foreach (string path in paths.SelectMany(Files))
        {
            var result = StudyResult.Read(path, key);
            if (byRater.TryGetValue(result.Rater, out var earlier))
                throw new StudyException(StudyFault.Duplicate, path, $"rater {result.Rater} again, after {earlier.Path}", "Keep the one file that counts");
            byRater.Add(result.Rater, (result, path));
        }
        if (byRater.Count == 0)
            throw new StudyException(StudyFault.Empty, "results", "there is no result file", "Give the .json files that raters saved, or the folder that holds them");
        return [.. byRater.Values.Select(v => v.Result)];
    }

    private static IEnumerable<string> Files(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.json").Order(NaturalOrder.Instance)
        : [path];
}
