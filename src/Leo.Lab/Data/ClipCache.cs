namespace Leo.Lab.Data;

/// <summary>Where decoded clips are kept between runs.</summary>
public static class ClipCache
{
    /// <summary>The user's cache folder (XDG_CACHE_HOME, ~/.cache, %LOCALAPPDATA%), so that folders of videos stay as they are.</summary>
    /// <param name="dataFolder">Not written to; only keeps the caches of different folders apart for those who tidy up.</param>
    public static string For(string dataFolder)
    {
        string home = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(home, "leo-lab", "clips", Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataFolder))));
    }
}
