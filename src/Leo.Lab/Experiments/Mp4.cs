using Leo.Lab.Media;

namespace Leo.Lab.Experiments;

/// <summary>Videos as the bytes of an mp4 file, for pages that hold everything inside.</summary>
internal static class Mp4
{
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
