using System.Globalization;

namespace Leo.Lab.Data.Scanning;

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
                Sha256 = Sha256,
                Hashes = [.. hashes.Select(h => h.value)],
            };
    }
}
