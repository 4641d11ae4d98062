namespace Leo.Lab.Media;

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
