using System.Text;
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

    /// <summary>As <see cref="Videos"/>, also by what a video is called without the endings that download programs add (<see cref="MediaKind.Core"/>).</summary>
    public static Dictionary<string, string> VideosByCore(string folder)
    {
        var found = Videos(folder);
        foreach (string path in found.Values.Order(StringComparer.Ordinal).ToList())
            found.TryAdd(Path.GetFileName(MediaKind.Core(path)), path);
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

/// <summary>Reads a CSV file with a header: commas, quotes where needed (RFC 4180), any line ends, a byte-order mark or none.</summary>
internal static class CsvRows
{
    /// <summary>The rows as values by column, with the number of their line.</summary>
    /// <exception cref="DataException">A wanted column is missing.</exception>
    public static IEnumerable<(int Line, IReadOnlyDictionary<string, string>? Values)> Read(string path, IReadOnlyList<string> wanted)
    {
        string[]? header = null;
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            string[] fields = Fields(line);
            if (header is null)
            {
                header = [.. fields.Select(f => f.Trim())];
                if (wanted.Where(w => !header.Contains(w)).ToList() is { Count: > 0 } missing)
                    throw new DataException(path, $"has no column {string.Join(", ", missing)}; its first line is '{line.Trim()}'", $"Give the file whose first line is {string.Join(',', wanted)}");
                continue;
            }

            yield return (number, fields.Length == header.Length ? Named(header, fields) : null);
        }

        if (header is null)
            throw new DataException(path, "is empty", $"Give the file whose first line is {string.Join(',', wanted)}");
    }

    private static Dictionary<string, string> Named(string[] header, string[] fields)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < fields.Length; i++)
            values[header[i]] = fields[i].Trim();
        return values;
    }

    private static string[] Fields(string line)
    {
        List<string> fields = [];
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (quoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return [.. fields];
    }
}
