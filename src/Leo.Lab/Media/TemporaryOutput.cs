namespace Leo.Lab.Media;

/// <summary>A file beside the wanted one that takes its place when complete, so that readers never see half a file.</summary>
internal sealed class TemporaryOutput : IDisposable
{
    private readonly string target;
    private bool committed;

    public TemporaryOutput(string path)
    {
        target = System.IO.Path.GetFullPath(path);
        var folder = System.IO.Path.GetDirectoryName(target)!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MediaErrors.Unwritable(path, e.Message);
        }

        Path = System.IO.Path.Combine(folder, $".{System.IO.Path.GetFileName(target)}.{Guid.NewGuid():N}.part");
    }

    public string Path { get; }

    public void Commit()
    {
        try
        {
            File.Move(Path, target, overwrite: true);
            committed = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MediaErrors.Unwritable(target, e.Message);
        }
    }

    public void Dispose()
    {
        if (committed)
            return;
        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing better can be done; the name says that it is a part.
        }
    }
}
