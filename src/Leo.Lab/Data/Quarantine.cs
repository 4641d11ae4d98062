namespace Leo.Lab.Data;

/// <summary>
/// <c>quarantine.json</c> in a folder of videos: which of them are left out, by reason. The videos stay where they are; whoever takes a
/// name out of the list, or deletes the file, has them back.
/// </summary>
public static class Quarantine
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "quarantine.json";

    /// <summary>Writes the list of a scan, in place of an earlier one.</summary>
    /// <param name="folder">The scanned folder.</param>
    /// <param name="report">The scan; of near-duplicates, the training side is left out.</param>
    /// <returns>How many videos are left out.</returns>
    /// <exception cref="FileWriteException">It cannot be written; an earlier list is intact.</exception>
    public static int Write(string folder, DataScanReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var reasons = report.Videos.Where(v => v.Fault != ScanFault.None).ToDictionary(v => v.Path, v => v.Fault, StringComparer.Ordinal);
        foreach (var pair in report.Duplicates)
            reasons.TryAdd(pair.Train, ScanFault.NearDuplicate);
        var lists = reasons.GroupBy(r => r.Value).OrderBy(g => g.Key)
            .ToDictionary(g => g.Key, g => g.Select(r => VideoFolder.NameIn(folder, r.Key)).Order(StringComparer.Ordinal).ToList());
        AtomicFile.WriteText(Path.Combine(folder, FileName), Json.Write(lists) + "\n");
        return reasons.Count;
    }

    /// <summary>The names that are left out.</summary>
    /// <exception cref="LeoException">There is such a file, and it cannot be read.</exception>
    internal static HashSet<string> Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path)
                ? [.. Json.Read<Dictionary<ScanFault, List<string>>>(File.ReadAllText(path), path).Values.SelectMany(names => names ?? [])]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException(path, $"cannot be read ({e.Message.TrimEnd('.')})", "Check the permissions");
        }
    }
}
