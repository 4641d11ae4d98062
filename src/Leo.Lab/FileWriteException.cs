namespace Leo.Lab;

/// <summary>A file could not be written whole; whatever stood in its place before is untouched.</summary>
public sealed class FileWriteException : LeoException
{
    private const int PosixNoSpace = 28, PosixQuota = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>Names the file, the reason, and that earlier files are intact.</summary>
    public FileWriteException(string path, Exception cause)
        : base(path, IsDiskFull(cause) ? "cannot be written, the disk is full" : $"cannot be written ({cause.Message})",
            (IsDiskFull(cause) ? "Free some space" : "Check the folder and its permissions") + " and run again; earlier files are intact", cause)
    {
    }

    /// <summary>Whether <paramref name="e"/> says that the disk, or the user's share of it, is full.</summary>
    public static bool IsDiskFull(Exception e) =>
        e is IOException && e.HResult is PosixNoSpace or PosixQuota or WindowsDiskFull or WindowsHandleDiskFull;
}
