namespace Leo.Bench;

/// <summary>A temporary folder that goes away.</summary>
internal sealed class ScratchFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("leo-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
