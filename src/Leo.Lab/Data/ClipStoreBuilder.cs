using Leo.Lab.Checkpoints;
using Leo.Lab.Media;

namespace Leo.Lab.Data;

/// <summary>Decodes videos one after the other into a clip store's file; while one is read, the next one's decoder starts.</summary>
internal static class ClipStoreBuilder
{
    /// <exception cref="MediaException">A video cannot be read.</exception>
    /// <exception cref="DataException">A video is smaller than the store's frames.</exception>
    /// <exception cref="FileWriteException">The disk is full or the folder refuses; nothing is left behind.</exception>
    public static void Build(string file, IReadOnlyList<string> paths, int size, double? rate, byte[] fingerprint, Action<string>? log)
    {
        var temporary = $"{file}.{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            Sweep(file);
            // Exclusive: Sweep of another process tells live files from those a killed process left.
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 20))
                Write(stream, paths, size, rate, fingerprint, log);
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception e)
        {
            TryDelete(temporary);
            if (e is IOException or UnauthorizedAccessException)
                throw new FileWriteException(file, e);
            throw;
        }
    }

    private static void Write(FileStream stream, IReadOnlyList<string> paths, int size, double? rate, byte[] fingerprint, Action<string>? log)
    {
        log?.Invoke($"decoding {paths.Count} {(paths.Count == 1 ? "video" : "videos")} to {size}×{size}");
        stream.Write(new byte[ClipStoreFile.HeaderBytes]);
        List<ClipStoreFile.Entry> entries = [];
        byte[] frame = [];
        Task<FrameStream>? next = null;
        try
        {
            for (var i = 0; i < paths.Count; i++)
            {
                using var video = (next ?? Open(paths[i])).GetAwaiter().GetResult();
                next = i + 1 < paths.Count ? Open(paths[i + 1]) : null;
                if (Math.Min(video.Source.Width, video.Source.Height) < size)
                    throw DataException.TooSmall(paths[i], video.Source.Width, video.Source.Height, size);

                var offset = stream.Position;
                var checksum = new Checksum();
                while (video.Read(ref frame))
                {
                    checksum.Add(frame.AsSpan(0, size * size * 3));
                    stream.Write(frame, 0, size * size * 3);
                }
                entries.Add(new ClipStoreFile.Entry(offset, video.Count, video.FramesPerSecond, checksum.Value));
                if (log is not null && (i + 1) * 10 / paths.Count > i * 10 / paths.Count && paths.Count >= 10)
                    log($"decoded {i + 1} of {paths.Count} videos");
            }
        }
        finally
        {
            Abandon(next);
        }

        ClipStoreFile.Finish(stream, size, entries, fingerprint);
        stream.Flush(flushToDisk: true);
        return;

        Task<FrameStream> Open(string path) => Task.Run(() => FrameStream.Open(path, new VideoReadOptions { Size = size, FramesPerSecond = rate }));
    }

    private static void Abandon(Task<FrameStream>? next)
    {
        try
        {
            next?.GetAwaiter().GetResult().Dispose();
        }
        catch (LeoException)
        {
            // The error that stopped the work is the one to report.
        }
    }

    private static void Sweep(string file)
    {
        foreach (var part in Directory.EnumerateFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + ".*.part"))
        {
            try
            {
                using (new FileStream(part, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                    File.Delete(part);
            }
            catch (IOException)
            {
                // Another process is writing it.
            }
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report.
        }
    }
}
