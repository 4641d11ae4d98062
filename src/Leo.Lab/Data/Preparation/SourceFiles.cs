using Leo.Lab.Media;

namespace Leo.Lab.Data.Preparation;

/// <summary>Finds what a layout consists of.</summary>
internal static class SourceFiles
{
    /// <summary>The given path, or the first of the usual ones that is there.</summary>
    /// <exception cref="DataException">A path was given and nothing is there.</exception>
    public static string? Find(string? given, string source, params string[] usual)
    {
        if (given is not null)
            return File.Exists(given) || Directory.Exists(given) ? given : throw new DataException(given, "no such file or folder", "Check the path of the metadata");
        return usual.Select(u => Path.Combine(source, u)).FirstOrDefault(p => File.Exists(p) || Directory.Exists(p));
    }

    /// <summary>Those of the usual subfolders that are there.</summary>
    public static IReadOnlyList<string> Folders(string source, params string[] usual) =>
        [.. usual.Select(u => Path.Combine(source, u)).Where(Directory.Exists)];

    /// <summary>Video files and folders of frames directly in a folder, by name without extension; of several, the first in ordinal order.</summary>
    public static Dictionary<string, string> Videos(string folder)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Entries(folder))
        {
            if (Directory.Exists(path) ? MediaKind.IsFrameFolder(path) : MediaKind.IsVideo(path))
                found.TryAdd(Stem(path), path);
        }

        return found;
    }

    /// <summary>The last part of a path without a video's extension; folders of frames are often named like the video they come from.</summary>
    public static string Stem(string path)
    {
        string name = Path.GetFileName(path);
        return MediaKind.IsVideo(name) ? Path.GetFileNameWithoutExtension(name) : name;
    }

    /// <summary>What is directly in a folder, in ordinal order, without hidden names.</summary>
    public static IEnumerable<string> Entries(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Where(p => !Path.GetFileName(p).StartsWith('.')).Order(StringComparer.Ordinal);

    /// <summary>A folder without visible files in it or below it.</summary>
    public static bool IsEmpty(string folder) =>
        !Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any(f => !Path.GetFileName(f).StartsWith('.'));
}
