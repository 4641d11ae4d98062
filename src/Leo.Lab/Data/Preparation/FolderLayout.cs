namespace Leo.Lab.Data.Preparation;

/// <summary>
/// Any folder that <see cref="VideoFolder"/> takes, such as LIA's <c>VIDEO/*.png</c>: the centre square of every video, split as the folder
/// says, or by a draw from the names.
/// </summary>
internal static class FolderLayout
{
    /// <exception cref="DataException">The folder holds no videos.</exception>
    public static DatasetPlan Plan(string source)
    {
        var videos = VideoFolder.Open(source);
        var plan = new PlanBuilder(source);
        foreach (var (part, paths) in new[] { ("train", videos.Train), ("test", videos.Test) })
        {
            var twins = paths.GroupBy(p => Name(source, part, p, extension: false), StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (string path in paths)
                plan.Add(new ClipPlan(Name(source, part, path, extension: twins.Contains(Name(source, part, path, extension: false))), path));
        }

        plan.WarnOf(Empty(source), "folders hold neither videos nor pictures");
        return plan.Build("videos and folders of frames");
    }

    private static string Name(string source, string part, string path, bool extension)
    {
        string name = VideoFolder.NameIn(source, path);
        if (name.StartsWith(part + "/", StringComparison.Ordinal))
            name = name[(part.Length + 1)..];
        int slash = name.LastIndexOf('/');
        return $"{part}/{name[..(slash + 1)]}{(extension ? name[(slash + 1)..] : SourceFiles.Stem(name))}";
    }

    private static List<string> Empty(string source) =>
        [.. Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories)
            .Where(d => !Directory.EnumerateFileSystemEntries(d).Any())
            .Select(d => VideoFolder.NameIn(source, d))
            .Where(n => !n.Split('/').Any(p => p.StartsWith('.')))
            .Order(StringComparer.Ordinal)];
}
