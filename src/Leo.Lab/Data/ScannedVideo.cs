namespace Leo.Lab.Data;

/// <summary>What <see cref="DataScan"/> found out about one video.</summary>
/// <param name="Path">The file or folder of frames.</param>
/// <param name="Frames">Frames that could be decoded.</param>
/// <param name="Width">Columns as displayed; 0 if nothing could be decoded.</param>
/// <param name="Height">Rows as displayed; 0 if nothing could be decoded.</param>
/// <param name="FramesPerSecond">Rate; 0 if unknown.</param>
/// <param name="Problem">Null for a sound video; else a line that says what is wrong and what to do.</param>
public sealed record ScannedVideo(string Path, int Frames, int Width, int Height, double FramesPerSecond, string? Problem)
{
    /// <summary>The problem in a word.</summary>
    public ScanFault Fault { get; init; }

    /// <summary>SHA-256 of the file in lower hexadecimal digits; of a folder, of its files' names and hashes. Empty where it cannot be read.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Perceptual hashes of eight evenly spaced frames; empty if nothing could be decoded.</summary>
    public IReadOnlyList<ulong> Hashes { get; init; } = [];
}
