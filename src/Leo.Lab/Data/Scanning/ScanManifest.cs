using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Leo.Lab.Media;

namespace Leo.Lab.Data.Scanning;

/// <summary>
/// <c>scan.jsonl</c>: a line a video – name, frames, size, rate, SHA-256, hashes, problem. Lines are added while the scan runs and ordered
/// at its end; a line that a crash cut short is left out, and its video is scanned again.
/// </summary>
internal sealed class ScanManifest : IDisposable
{
    private readonly string _path, _folder;
    private readonly FileStream _file;
    private readonly Dictionary<string, ScanLine> _known = new(StringComparer.Ordinal);

    /// <exception cref="DataException">Another scan writes to it, or it cannot be written.</exception>
    internal ScanManifest(string path, string folder)
    {
        (_path, _folder) = (path, folder);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException(path, $"another scan writes to it, or it cannot be written ({e.Message.TrimEnd('.')})", "Wait for the other one to end, or name another file with --manifest");
        }

        using var reader = new StreamReader(_file, Encoding.UTF8, leaveOpen: true);
        while (reader.ReadLine() is { } text)
        {
            try
            {
                var line = Json.Read<ScanLine>(text, path);
                _known[line.Name] = line;
            }
            catch (LeoException)
            {
                // Cut short by a crash, or of another version.
            }
        }

        _file.Seek(0, SeekOrigin.End);
        if (_file.Length > 0)
            _file.Write("\n"u8);
    }

    /// <summary>What an earlier scan found, if the video did not change since.</summary>
    internal ScannedVideo? Find(string video) => _known.TryGetValue(VideoFolder.NameIn(_folder, video), out var line) && line.Stamp == Stamp(video) ? line.Of(video) : null;

    /// <summary>Remembers a video.</summary>
    /// <exception cref="FileWriteException">The disk is full.</exception>
    internal void Add(ScannedVideo video)
    {
        var line = ScanLine.Of(VideoFolder.NameIn(_folder, video.Path), Stamp(video.Path), video);
        _known[line.Name] = line;
        try
        {
            _file.Write(Encoding.UTF8.GetBytes(Json.WriteLine(line) + "\n"));
            _file.Flush();
        }
        catch (IOException e)
        {
            throw new FileWriteException(_path, e);
        }
    }

    /// <summary>Writes the lines of these videos in their order; those of videos that are gone are dropped.</summary>
    internal void Finish(IEnumerable<ScannedVideo> videos)
    {
        string text = string.Concat(videos.Select(v => Json.WriteLine(_known[VideoFolder.NameIn(_folder, v.Path)]) + "\n"));
        AtomicFile.WriteText(_path, text); // under the lock: the handle is open until the rename is done
    }

    public void Dispose() => _file.Dispose();

    /// <summary>SHA-256 of a file, or of the names and hashes of a folder's files.</summary>
    internal static string Sha256(string video)
    {
        if (!Directory.Exists(video))
            return Of(video);
        string listing = string.Concat(FrameFolder.List(video).Select(f => $"{Path.GetFileName(f)}\0{Of(f)}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(listing)));

        static string Of(string file)
        {
            using var stream = File.OpenRead(file);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
    }

    // The first number changes where a scan sees what earlier ones did not.
    private static string Stamp(string video)
    {
        var files = (Directory.Exists(video) ? FrameFolder.List(video) : [video]).Select(f => new FileInfo(f)).Where(f => f.Exists).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"2 {files.Count} {files.Sum(f => f.Length)} {files.Select(f => f.LastWriteTimeUtc.Ticks).DefaultIfEmpty().Max()}");
    }
}

/// <summary>A line of the manifest: what decoding found. Whether that suffices depends on what is asked for, so it is not here.</summary>
internal sealed record ScanLine
{
    /// <summary>The video relative to the scanned folder.</summary>
    public required string Name { get; init; }

    /// <summary>Frames that could be decoded.</summary>
    public required int Frames { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required double FramesPerSecond { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Perceptual hashes of eight frames, in hexadecimal digits.</summary>
    public required IReadOnlyList<string> Hashes { get; init; }

    /// <summary>Why it cannot be read, without its path; null where it can.</summary>
    public string? Problem { get; init; }

    /// <summary>What is worth knowing of a video that can be used; null for most.</summary>
    public string? Note { get; init; }

    /// <summary>Number, length and time of its files.</summary>
    public required string Stamp { get; init; }

    internal static ScanLine Of(string name, string stamp, ScannedVideo video) => new()
    {
        Name = name,
        Frames = video.Frames,
        Width = video.Width,
        Height = video.Height,
        FramesPerSecond = video.FramesPerSecond,
        Sha256 = video.Sha256,
        Hashes = [.. video.Hashes.Select(h => h.ToString("x16", CultureInfo.InvariantCulture))],
        Problem = video.Problem is { } problem && problem.StartsWith(video.Path, StringComparison.Ordinal) ? problem[video.Path.Length..].TrimStart(':', ' ') : video.Problem,
        Note = video.Note,
        Stamp = stamp,
    };

    /// <summary>The video again; null where the line was changed into one that no scan writes.</summary>
    internal ScannedVideo? Of(string path)
    {
        var hashes = Hashes.Select(h => (Fits: ulong.TryParse(h, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong value), value)).ToList();
        return Frames < 0 || Width < 0 || Height < 0 || hashes.Any(h => !h.Fits) ? null
            : new ScannedVideo(path, Frames, Width, Height, FramesPerSecond, Problem is null ? null : $"{path}: {Problem}")
            {
                Fault = Problem is null ? ScanFault.None : ScanFault.Unreadable,
                Note = Note,
                Sha256 = Sha256,
                Hashes = [.. hashes.Select(h => h.value)],
            };
    }
}
