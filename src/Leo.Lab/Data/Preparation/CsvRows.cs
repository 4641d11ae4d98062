using System.Text;

namespace Leo.Lab.Data.Preparation;

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
