namespace Leo.Lab.Media;

/// <summary>Which names count as videos and which as pictures.</summary>
internal static class MediaKind
{
    private static readonly HashSet<string> Videos =
        new(StringComparer.OrdinalIgnoreCase) { ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".gif", ".mpg", ".mpeg" };

    private static readonly HashSet<string> Pictures =
        new(StringComparer.OrdinalIgnoreCase) { ".png", ".jpg", ".jpeg", ".bmp", ".webp" };

    /// <summary>True for mp4, m4v, mov, mkv, webm, avi, gif, mpg and mpeg, by extension.</summary>
    public static bool IsVideo(string path) => Videos.Contains(Path.GetExtension(path));

    /// <summary>True for png, jpg, jpeg, bmp and webp, by extension.</summary>
    public static bool IsPicture(string path) => Pictures.Contains(Path.GetExtension(path));

    /// <summary>True if the folder exists and holds pictures and no videos: it is one video, a frame a file.</summary>
    public static bool IsFrameFolder(string path) =>
        Directory.Exists(path) && FrameFolder.List(path).Count > 0 && !Directory.EnumerateFiles(path).Any(IsVideo);
}

/// <summary>Videos as the bytes of an mp4 file (H.264), for pages and notebooks that hold everything inside.</summary>
internal static class Mp4
{
    /// <exception cref="MediaException">The video has no frames, or ffmpeg failed.</exception>
    public static byte[] Bytes(Video video)
    {
        string path = Path.Combine(Path.GetTempPath(), $"leo-{Guid.NewGuid():N}.mp4");
        try
        {
            VideoWriter.WriteAll(path, video);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
