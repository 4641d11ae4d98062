namespace Leo.Lab.Media;

/// <summary>A folder that holds one video as pictures.</summary>
internal static class FrameFolder
{
    /// <summary>The rate that a folder of frames is taken to have, for want of time stamps.</summary>
    public const double DefaultFramesPerSecond = 25;

    /// <summary>Picture files in natural order; hidden files are left out.</summary>
    public static IReadOnlyList<string> List(string folder) =>
        [.. Directory.EnumerateFiles(folder)
            .Where(f => MediaKind.IsPicture(f) && !Path.GetFileName(f).StartsWith('.'))
            .OrderBy(f => Path.GetFileName(f), NaturalOrder.Instance)];

    /// <summary>The files of <see cref="List"/>, checked: at least one, all of one picture format.</summary>
    /// <exception cref="MediaException">No pictures, or two formats side by side.</exception>
    public static IReadOnlyList<string> Open(string folder)
    {
        var files = List(folder);
        if (files.Count == 0)
            throw new MediaException(folder, "the folder holds no frames", "Put the frames there as png, jpg, bmp or webp files");

        // One decoder reads the whole sequence, so a stray thumbnail must not pass as a frame.
        var format = Format(files[0]);
        foreach (var file in files)
        {
            if (Format(file) != format)
                throw new MediaException(file, $"not a {format} file like the frames before it", "Keep one picture format in a folder of frames");
        }

        return files;
    }

    /// <summary>The picture's format by its first bytes, as the name of ffmpeg's decoder; names may lie.</summary>
    /// <exception cref="MediaException">None of png, jpg, bmp and webp, or unreadable.</exception>
    public static string Format(string file)
    {
        Span<byte> head = stackalloc byte[12];
        int length;
        try
        {
            using var stream = File.OpenRead(file);
            length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MediaErrors.Unreadable(file, e);
        }

        head = head[..length];
        if (head.Length > 4 && head[0] == 0x89 && head[1..].StartsWith("PNG"u8))
            return "png";
        if (head.Length > 2 && head[0] == 0xFF && head[1] == 0xD8)
            return "mjpeg";
        if (head.StartsWith("BM"u8))
            return "bmp";
        if (head.Length == 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8))
            return "webp";
        if (head.Length == 0)
            throw new MediaException(file, "the file is empty", "Make it anew or delete it");
        throw new MediaException(file, "not a picture that can be read", "Give a png, jpg, bmp or webp file");
    }
}
