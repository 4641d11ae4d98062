namespace Leo.Lab.Media;

/// <summary>Which names count as videos and which as pictures.</summary>
internal static class MediaKind
{
    private static readonly HashSet<string> Videos = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".gif", ".mpg", ".mpeg", ".ts", ".m2ts", ".mts", ".3gp", ".3g2", ".wmv", ".asf", ".flv", ".ogv",
    };

    private static readonly HashSet<string> Pictures = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".jpg", ".jpeg", ".jfif", ".jpe", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm", ".avif",
    };

    // What stands beside videos and is meant to.
    private static readonly HashSet<string> Beside = new(StringComparer.OrdinalIgnoreCase)
    {
        ".txt", ".json", ".jsonl", ".csv", ".tsv", ".md", ".xml", ".yml", ".yaml", ".npy", ".npz", ".safetensors", ".bin", ".pt", ".pkl", ".srt", ".vtt", ".lock", ".html", ".log", ".info", ".part",
    };

    /// <summary>True for mp4, m4v, mov, mkv, webm, avi, gif, mpg, mpeg, ts, m2ts, mts, 3gp, 3g2, wmv, asf, flv and ogv, by extension.</summary>
    public static bool IsVideo(string path) => Videos.Contains(Path.GetExtension(path));

    /// <summary>True for png, jpg, jpeg, jfif, jpe, bmp, webp, tif, tiff, ppm, pgm and avif, by extension.</summary>
    public static bool IsPicture(string path) => Pictures.Contains(Path.GetExtension(path));

    /// <summary>True for names of neither, nor of what is kept beside videos: lists, tables, tensors, subtitles, text.</summary>
    public static bool IsForeign(string path) => !IsVideo(path) && !IsPicture(path) && !Beside.Contains(Path.GetExtension(path));

    /// <summary>
    /// What a video is called without the endings that programs add: <c>ID.mp4.webm</c> and <c>ID.f137.mp4</c> of yt-dlp are <c>ID</c>.
    /// </summary>
    public static string Core(string name)
    {
        while (IsVideo(name))
        {
            name = Path.ChangeExtension(name, null);
            string number = Path.GetExtension(name); // yt-dlp's number of a format
            if (number.Length > 2 && number[1] == 'f' && number.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0)
                name = Path.ChangeExtension(name, null);
        }

        return name;
    }

    /// <summary>The format that a picture's name tells: png, jpg, bmp, webp, tif, ppm or avif.</summary>
    public static string FormatByName(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".jpg" or ".jpeg" or ".jfif" or ".jpe" => "jpg",
        ".tif" or ".tiff" => "tif",
        ".ppm" or ".pgm" => "ppm",
        var other => other.TrimStart('.'),
    };

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
