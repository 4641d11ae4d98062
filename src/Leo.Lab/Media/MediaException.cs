namespace Leo.Lab.Media;

/// <summary>A picture or video file could not be read or written. The message names the file, what is wrong, and what to do.</summary>
public sealed class MediaException : LeoException
{
    /// <summary>Makes the one-line message <c>subject: problem. advice</c>.</summary>
    /// <param name="subject">The file or program.</param>
    /// <param name="problem">What is wrong, without a final full stop.</param>
    /// <param name="advice">What to do about it.</param>
    public MediaException(string subject, string problem, string advice)
        : base(subject, problem, advice)
    {
    }

    /// <summary>True where a file is damaged or cut short, so that parts of it may be right; false where it is missing, another thing, or cannot be written.</summary>
    public bool IsDamage { get; init; }
}

/// <summary>Turns what ffmpeg and the system say into one line that a user can act on.</summary>
internal static class MediaErrors
{
    // Lines after which ffmpeg goes on, exits with 0 and has lost frames or shown damaged ones.
    private static readonly string[] Damage =
    [
        "File ended prematurely", "corrupt input packet", "Packet corrupt", "partial file", "Error while decoding stream",
        "Error submitting packet to decoder", "corrupt decoded frame", "CRC mismatch", "invalid as first byte of an EBML number",
        "exceeds containing master element", "Packet mismatch", "concealing", "EOI missing", "not enough data", "freeing incomplete packet", "Truncat", "chunk too big", "inflate returned error",
    ];

    private static readonly string[] NoMedia =
    [
        "Invalid data found when processing input", "does not contain any stream", "matches no streams", "Could not find codec parameters",
        "Unknown input format", "Error opening input",
    ];

    // In front of what the program itself said.
    private const string Nowhere = "it got nowhere for ";

    public static string GotNowhere(TimeSpan patience) => FormattableString.Invariant($"{Nowhere}{patience.TotalSeconds:0.#} seconds and was ended");

    public static bool IsDamage(string line) => Damage.Any(d => line.Contains(d, StringComparison.Ordinal));

    public static MediaException NotFound(string path) =>
        new(path, "no such file or folder", "Check the path");

    public static MediaException Unreadable(string path, Exception e) =>
        new(path, $"cannot be read ({OneLine(e.Message)})", "Check the path and its permissions");

    public static MediaException Unwritable(string path, string reason) => IsDiskFull(reason)
        ? new(path, "no space left on the disk", "Free some space and repeat; files written earlier are intact")
        : new(path, $"cannot be written ({OneLine(reason)})", "Check that the folder exists and may be written to");

    public static MediaException Unreadable(string path, IReadOnlyList<string> stderr)
    {
        if (stderr.FirstOrDefault(l => l.StartsWith(Nowhere, StringComparison.Ordinal)) is { } stuck)
            return new(path, $"ffmpeg cannot read it: {stuck}", "Copy the file again, or convert it to mp4");
        if (stderr.Any(l => l.Contains("moov atom not found", StringComparison.Ordinal)))
            return new(path, "not a complete video: its index is missing, as in a file cut short or a text file", "Copy or download it again") { IsDamage = BeginsAsMp4(path) };
        if (stderr.Any(IsDamage) && !stderr.Any(l => l.Contains("matches no streams", StringComparison.Ordinal)))
            return Broken(path, stderr.First(IsDamage));
        if (stderr.Any(l => NoMedia.Any(n => l.Contains(n, StringComparison.Ordinal))) || stderr.Count == 0)
            return new(path, "not a video or picture that ffmpeg can read", "Check that the file is what its name says, or convert it to mp4");
        return new(path, $"ffmpeg cannot read it ({Tidy(stderr[^1])})", "Convert it to mp4 or copy it again");
    }

    public static MediaException TooLarge(string path, long width, long height) =>
        new(path, $"{width}×{height} pixels, more than the {FfmpegProcess.MostPixels >> 20} million that are decoded", "Make a smaller copy");

    public static MediaException Broken(string path, string line) =>
        Damaged(path, $"the file is cut short or damaged ({Tidy(line)})");

    /// <summary>Where and how a decoder stumbled.</summary>
    public static MediaException Broken(string path, int frame, string line) =>
        Damaged(path, $"the file is cut short or damaged at about frame {frame} ({Tidy(line)})");

    /// <summary>Frames that the file has and that did not come out.</summary>
    public static MediaException Incomplete(string path, int missing, int frame, int decoded) =>
        Damaged(path, $"the file is damaged: {missing} of its frames cannot be decoded, the first at about frame {frame} ({decoded} can)");

    public static MediaException Damaged(string path, string problem) => new(path, problem, "Copy or download it again") { IsDamage = true };

    public static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).TrimEnd('.');

    // A text has no box at its beginning; the rest of an mp4 does.
    private static bool BeginsAsMp4(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            byte[] head = new byte[8];
            return stream.ReadAtLeast(head, 8, throwOnEndOfStream: false) == 8 && new[] { "ftyp", "mdat", "free", "skip", "wide", "moov" }.Contains(System.Text.Encoding.ASCII.GetString(head, 4, 4));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsDiskFull(string reason) =>
        reason.Contains("No space left", StringComparison.OrdinalIgnoreCase) || reason.Contains("not enough space", StringComparison.OrdinalIgnoreCase);

    // "[matroska,webm @ 0x55…] File ended prematurely" → "File ended prematurely"
    public static string Tidy(string line)
    {
        line = OneLine(line);
        while (line.StartsWith('[') && line.IndexOf(']') is > 0 and var end)
            line = line[(end + 1)..].TrimStart();
        return line.Length > 120 ? line[..120] + "…" : line;
    }
}
