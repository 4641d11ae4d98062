namespace Leo.Lab.Data.Preparation;

/// <summary>What a prepared data set should make its user think twice about.</summary>
internal static class PreparationChecks
{
    /// <summary>Counts that differ from the published ones, clips cut short or enlarged, and videos that are not of this preparation.</summary>
    public static IEnumerable<string> Warnings(PreparationManifest manifest, string target)
    {
        foreach (var (part, published) in manifest.Published)
        {
            int count = part == "all" ? manifest.Counts.Values.Sum() : manifest.Counts.GetValueOrDefault(part);
            if (count != published)
                yield return $"{(part == "all" ? "in all" : part)}: {count} clips, published are {published}; numbers measured on them do not compare with the paper's";
        }

        int Noted(string text) => manifest.Clips.Count(c => c.Notes.Any(n => n.Contains(text, StringComparison.Ordinal)));
        if (Noted("outside the") is > 0 and var outside)
            yield return $"{outside} clips have boxes that reach outside the frame; they were put inside";
        if (Noted("ends early") is > 0 and var early)
            yield return $"{early} clips are shorter than listed";
        if (Noted("enlarged") is > 0 and var enlarged)
            yield return $"{enlarged} clips were enlarged to {manifest.Size}";

        var ours = manifest.Clips.Where(c => c.Reason is null).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        if (VideoFolder.List(target).Count(v => !ours.Contains(VideoFolder.NameIn(target, v))) is > 0 and var strangers)
            yield return $"{strangers} videos in {target} are not of this preparation; training would take them too";
    }
}
