using System.Diagnostics;

namespace Leo.Lab.Training;

/// <summary>Keeps a second process out of a run's folder, and tells who holds it.</summary>
/// <remarks>
/// The lock is the system's own on <c>run.lock</c>, so it goes with the process that holds it, however that ends. Who holds it stands
/// beside it in <c>run.holder</c>, for a locked file cannot be read everywhere; the name alone locks nothing.
/// </remarks>
internal sealed class RunLock : IDisposable
{
    private const string LockName = "run.lock", HolderName = "run.holder";

    private readonly FileStream _file;
    private readonly string _holder;

    private RunLock(FileStream file, string holder, string? takenOver) => (_file, _holder, TakenOver) = (file, holder, takenOver);

    /// <summary>Who wrote the name that still stood there; null where the last holder took it away.</summary>
    internal string? TakenOver { get; }

    /// <exception cref="TrainingException">Another process, or this one, holds it.</exception>
    /// <exception cref="FileWriteException">The folder cannot be made or written to.</exception>
    internal static RunLock Take(string folder)
    {
        AtomicFile.CreateFolder(folder);
        string holder = Path.Combine(folder, HolderName);
        var file = Lock(folder, holder);
        try
        {
            string? before = Holder(holder);
            AtomicFile.WriteText(holder, Me());
            return new RunLock(file, holder, before);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // The lock file is never deleted: deleting would let a third process lock a new file of the same name.
    public void Dispose()
    {
        try
        {
            File.Delete(_holder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run then says that this one was not closed; nothing worse.
        }
        _file.Dispose();
    }

    private static FileStream Lock(string folder, string holder)
    {
        string path = Path.Combine(folder, LockName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsLocked(e))
        {
            throw new TrainingException(folder, $"another run writes to it{(Holder(holder) is { } who ? $": {who}" : "")}",
                "Wait for that run, stop it, or choose another folder", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(path, e);
        }
    }

    // EWOULDBLOCK of Linux and of macOS, and Windows' sharing violation.
    private static bool IsLocked(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static string Me()
    {
        using var me = Process.GetCurrentProcess();
        return $"process {me.Id} ({me.ProcessName}) on {Environment.MachineName}\n";
    }

    private static string? Holder(string file)
    {
        try
        {
            return File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } who ? who : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it only makes the error more telling
        }
    }
}
