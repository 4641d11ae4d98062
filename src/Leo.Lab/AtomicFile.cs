using System.Runtime.InteropServices;
using System.Text;

namespace Leo.Lab;

/// <summary>Writes a file so that a reader, or a crash at any moment, sees the whole old one or the whole new one.</summary>
/// <remarks>Temporary file in the same folder, flush to the disk, rename over the target, flush of the folder.</remarks>
public static partial class AtomicFile
{
    /// <summary>Ending of the temporary files, so that a run can sweep what a killed process left.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>Replaces <paramref name="path"/> by what <paramref name="write"/> puts in the stream; makes missing folders.</summary>
    /// <exception cref="FileWriteException">Nothing was replaced; the temporary file is gone.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, Create);

    /// <summary>Replaces <paramref name="path"/> by <paramref name="text"/> in UTF-8.</summary>
    /// <exception cref="FileWriteException">Nothing was replaced.</exception>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Makes a folder, and those above it that are missing, and waits until their names are on the disk.</summary>
    /// <exception cref="FileWriteException">It cannot be made.</exception>
    public static void CreateFolder(string path)
    {
        try
        {
            MakeFolder(Path.GetFullPath(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(path, e);
        }
    }

    /// <summary>Deletes the temporary files that a killed process left in a folder; only for somebody who knows that nobody else writes there.</summary>
    public static void SweepTemporaries(string folder)
    {
        if (Directory.Exists(folder))
        {
            foreach (string file in Directory.EnumerateFiles(folder, ".*" + TemporarySuffix))
            {
                File.Delete(file);
            }
        }
    }

    internal static void Write(string path, Action<Stream> write, Func<string, FileStream> create)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? throw new ArgumentException("A file name is needed.", nameof(path));
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Environment.ProcessId}{TemporarySuffix}");
        try
        {
            MakeFolder(folder);
            using (var stream = create(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
            FlushFolder(folder);
        }
        catch (Exception e)
        {
            TryDelete(temporary);
            if (e is IOException or UnauthorizedAccessException)
            {
                throw new FileWriteException(path, e);
            }
            throw;
        }
    }

    private static FileStream Create(string path) =>
        new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report.
        }
    }

    private static void MakeFolder(string full)
    {
        // A new folder is durable only once the one above it is on the disk.
        var above = new Stack<string>();
        for (string? at = full; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
        {
            above.Push(Path.GetDirectoryName(at) ?? at);
        }
        Directory.CreateDirectory(full);
        foreach (string folder in above)
        {
            FlushFolder(folder);
        }
    }

    // A rename is durable only once the folder that holds the name is on the disk. Windows has no such call, and
    // some file systems refuse it: the data itself is safe by then, so the result is not looked at.
    internal static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        int descriptor = Open(folder, 0);
        if (descriptor >= 0)
        {
            _ = Sync(descriptor);
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
