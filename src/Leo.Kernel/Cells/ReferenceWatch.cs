using System.Collections.Concurrent;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Leo.Kernel.Cells;

/// <summary>Notices that a file behind a <c>#r</c> was rebuilt: a running session keeps the code that it has loaded.</summary>
internal sealed class ReferenceWatch
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    private readonly ConcurrentDictionary<string, (Stamp Stamp, Guid Build)> _files = new(StringComparer.Ordinal);

    /// <summary>Starts watching a file; those of the runtime are left out.</summary>
    public void Add(string? path)
    {
        if (path is null || Path.GetDirectoryName(path) == Framework || !File.Exists(path)) return;
        _files.TryAdd(path, (Stamp.Of(path), BuildOf(path)));
    }

    /// <summary>The files that were rebuilt since they were added or last named here.</summary>
    public IReadOnlyList<string> TakeRebuilt()
    {
        var rebuilt = new List<string>();
        foreach (var (path, known) in _files)
        {
            var now = Stamp.Of(path);
            if (now == known.Stamp || !File.Exists(path)) continue;
            var build = BuildOf(path);
            _files[path] = (now, build);
            if (build != known.Build) rebuilt.Add(path);
        }
        return rebuilt;
    }

    // Every compilation gives its module a new id, or, where builds are deterministic, one that follows from the content.
    private static Guid BuildOf(string path)
    {
        try
        {
            using var pe = new PEReader(File.OpenRead(path));
            var reader = pe.GetMetadataReader();
            return reader.GetGuid(reader.GetModuleDefinition().Mvid);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
        {
            return Guid.Empty; // being written; a change will be seen by the next cell
        }
    }

    private readonly record struct Stamp(DateTime Written, long Length)
    {
        public static Stamp Of(string path)
        {
            var file = new FileInfo(path);
            return file.Exists ? new(file.LastWriteTimeUtc, file.Length) : default;
        }
    }
}
