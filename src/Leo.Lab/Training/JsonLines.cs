using System.Text;

namespace Leo.Lab.Training;

/// <summary>Files of one JSON object a line that grow while a run goes on. A line without its end was cut short by a crash, or is being written.</summary>
internal static class JsonLines
{
    /// <summary>Whole lines; takes no lock.</summary>
    internal static IEnumerable<string> Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        string text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <exception cref="FileWriteException">The disk is full or the file cannot be written.</exception>
    internal static void Append<T>(string file, T value) => Guarded(file, () => File.AppendAllText(file, Json.WriteLine(value) + "\n"));

    /// <summary>Waits until the file is on the disk; nothing where there is none.</summary>
    /// <exception cref="FileWriteException">The disk is full or fails.</exception>
    internal static void Flush(string file)
    {
        if (File.Exists(file))
        {
            Guarded(file, () =>
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                stream.Flush(flushToDisk: true);
            });
            AtomicFile.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
        }
    }

    /// <summary>Keeps the lines that <paramref name="wanted"/> wants, and that can be read.</summary>
    /// <returns>Lines that cannot be read: after a power cut a file may hold zeros where it grew.</returns>
    internal static int Keep<T>(string file, Func<T, bool> wanted)
    {
        if (!File.Exists(file))
        {
            return 0;
        }
        int damaged = 0;
        var kept = Read(file).Where(line =>
        {
            try
            {
                return wanted(Json.Read<T>(line, file));
            }
            catch (LeoException)
            {
                damaged++;
                return false;
            }
        }).ToList();
        AtomicFile.WriteText(file, string.Concat(kept.Select(line => line + "\n")));
        return damaged;
    }

    /// <exception cref="FileWriteException">What <paramref name="action"/> does to the file fails.</exception>
    internal static void Guarded(string file, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(file, e);
        }
    }
}
