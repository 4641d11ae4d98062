using System.Globalization;
using System.Text.RegularExpressions;

namespace Leo.Lab.Media;

/// <summary>
/// Listens to what ffmpeg says while it decodes (<c>-v level+info</c> with the filter <c>showinfo</c>): the size and time of every
/// frame, and words that mean damage. Many decoders hide damage as well as they can and only mention it.
/// </summary>
/// <param name="codec">ffmpeg's name of the codec, by which the decoder's own words are told from those of others.</param>
/// <param name="seams">Finds <see cref="TransportSeams"/>; asked only where ffmpeg takes a packet for corrupt.</param>
internal sealed partial class DecoderLog(string codec, Func<IReadOnlySet<long>>? seams = null) : ILineListener
{
    /// <summary>Arguments before the input that make ffmpeg say all this.</summary>
    public static readonly string[] Arguments = ["-hide_banner", "-nostats", "-v", "level+info"];

    /// <summary>The first filter of the chain.</summary>
    public const string Filter = "showinfo=checksum=0";

    /// <summary>The same, with a checksum of each frame.</summary>
    public const string ChecksumFilter = "showinfo=checksum=1";

    /// <summary>Arguments before the input that make decoders look at checksums that a stream has, and at bits and lengths that cannot be.</summary>
    public static readonly string[] LookClosely = ["-err_detect", "crccheck+bitstream+buffer"];

    // No complaints by their level; the second is of the reader of ASF (.wmv), which then lets go of a picture.
    private static readonly string[] Mentioned = ["] concealing ", "freeing incomplete packet"];

    // Said of sound files, too: of those that begin or were joined at a picture that leans on others, and of some cameras' files.
    private static readonly string[] Harmless =
    [
        "mmco:", "number of reference frames", "co located POCs", "Missing reference picture", "reference picture missing", "Could not find ref with POC",
        "illegal short term buffer", "unable to decode APP fields", "overread", "deprecated pixel format", "Increasing reorder buffer",
    ];

    // Said of sound files before the first picture, where a recording was joined midway.
    private static readonly string[] HarmlessAtFirst =
    [
        "non-existing", "no frame!", "decode_slice_header error", "missing picture in access unit", "Error while decoding", "Error submitting packet", "Invalid data found",
        "Cannot determine format", "sps_id", "pps_id", "PPS id",
    ];

    private readonly string[] _decoders = [codec, codec switch
    {
        "flv1" => "flv",
        "msmpeg4v3" => "msmpeg4",
        "av1" => "libdav1d",
        "vp8" => "libvpx",
        "vp9" => "libvpx-vp9",
        _ => codec,
    }];

    private readonly Lazy<IReadOnlySet<long>> _seams = new(seams ?? (() => new HashSet<long>()));
    private readonly List<(int Frame, int Width, int Height)> _sizes = [];
    private readonly HashSet<long> _times = [];
    private readonly List<(long? Time, string Sum)> _sums = [];
    private readonly object _gate = new();
    private int _frames;
    private bool _ended, _deaf;

    /// <summary>What damage was first spoken of, and how many frames had come before; null if none was.</summary>
    public (int Frame, string Line)? Damage { get; private set; }

    /// <summary>Where the pictures get another size than before: frame and size of the first and of each change.</summary>
    public IReadOnlyList<(int Frame, int Width, int Height)> Sizes
    {
        get
        {
            lock (_gate)
                return [.. _sizes];
        }
    }

    /// <summary>Times of the frames in the file's own units; null if one has none. Complete when the program has ended.</summary>
    public IReadOnlySet<long>? Times { get; private set; }

    /// <summary>Whether the file was joined of several, at places that ffmpeg takes for damage.</summary>
    public bool IsJoined => _seams.IsValueCreated && _seams.Value.Count > 0;

    /// <summary>Waits until the words about a frame are read, which come before the frame itself but by another way.</summary>
    /// <param name="frame">The frame's number, from 0.</param>
    /// <returns>The sizes so far.</returns>
    public IReadOnlyList<(int Frame, int Width, int Height)> SizesUpTo(int frame)
    {
        lock (_gate)
        {
            // Should some version word it otherwise, no size is followed, and nothing stops.
            while (!_ended && !_deaf && _frames <= frame)
                _deaf = !Monitor.Wait(_gate, TimeSpan.FromSeconds(20));
            return [.. _sizes];
        }
    }

    /// <summary>Compares with another decoding of the same file, by the frames' times. Both have ended, and had checksums.</summary>
    /// <returns>The first frame that differs, or at which the other spoke of damage; null if none does. Frames that only one of them has do not count.</returns>
    public int? FirstOtherThan(DecoderLog other)
    {
        if (_sums.Any(s => s.Time is null) || _sums.DistinctBy(s => s.Time).Count() < _sums.Count)
            return null; // no telling which is which
        var theirs = other._sums.Where(s => s.Time is not null).DistinctBy(s => s.Time).ToDictionary(s => s.Time!.Value, s => s.Sum);
        int differs = _sums.FindIndex(s => theirs.TryGetValue(s.Time!.Value, out string? sum) && sum != s.Sum);
        // Before the first picture decoders differ in what they say of recordings that were joined midway.
        return differs >= 0 ? differs : other.Damage is { Frame: > 0 and var frame } ? frame : null;
    }

    /// <inheritdoc/>
    public bool Take(string line)
    {
        if (line.Contains("Parsed_showinfo", StringComparison.Ordinal))
        {
            if (Frame().Match(line) is { Success: true } frame)
                AddFrame(frame);
            return true;
        }

        bool complaint = Level().Match(line) is { Success: true } level && level.Groups[1].Value is "warning" or "error" or "fatal" or "panic";
        if (Damage is null && (complaint || Mentioned.Any(line.Contains)) && IsDamage(line))
            Damage = (_frames, line);
        return !complaint;
    }

    /// <inheritdoc/>
    public void End()
    {
        lock (_gate)
        {
            Times = _times.Count == _frames ? _times : null;
            _ended = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void AddFrame(Match frame)
    {
        int width = int.Parse(frame.Groups[2].ValueSpan, CultureInfo.InvariantCulture), height = int.Parse(frame.Groups[3].ValueSpan, CultureInfo.InvariantCulture);
        lock (_gate)
        {
            if (_sizes.Count == 0 || (_sizes[^1].Width, _sizes[^1].Height) != (width, height))
                _sizes.Add((_frames, width, height));
            if (long.TryParse(frame.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out long time))
                _times.Add(time);
            if (frame.Groups[4].Success)
                _sums.Add((long.TryParse(frame.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out long at) ? at : null, frame.Groups[4].Value));
            _frames++;
            Monitor.PulseAll(_gate);
        }
    }

    private bool IsDamage(string line)
    {
        if (Harmless.Any(line.Contains) || (_frames == 0 && HarmlessAtFirst.Any(line.Contains)))
            return false;
        if (CorruptPacket().Match(line) is { Success: true } packet)
            return !(long.TryParse(packet.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out long dts) && TransportSeams.Contains(_seams.Value, dts));
        // The program says again, without its time, what the reader of the container said before.
        if (line.Contains("corrupt input packet", StringComparison.Ordinal) && IsJoined)
            return false;
        if (MediaErrors.IsDamage(line))
            return true;
        // Errors of the decoder, and of the parser before it, which has no name; not those of sound, of containers and of what comes after.
        return line.Contains("] [error] ", StringComparison.Ordinal)
            && Speaker().Match(line) is { Success: true } speaker && (speaker.Groups[1].Value == "NULL" || _decoders.Contains(speaker.Groups[1].Value));
    }

    [GeneratedRegex(@" n: *\d+ pts: *(-?\d{1,18}|NOPTS) .* s:(\d{1,6})x(\d{1,6}) (?:.* checksum:([0-9A-F]{1,8}) )?")]
    private static partial Regex Frame();

    [GeneratedRegex(@"Packet corrupt \(stream = \d+, dts = (-?\d{1,18}|NOPTS)\)")]
    private static partial Regex CorruptPacket();

    [GeneratedRegex(@"^(?:\[[^\]]* @ [^\]]*\] )*\[(\w+)\] ")]
    private static partial Regex Level();

    // "[h264 @ 0x55…] [error] …", in newer versions with further brackets before it.
    [GeneratedRegex(@"\[(?:[a-z]+[#:0-9]*/|dec:)?([\w.-]+) @ [^\]]*\] \[error\]")]
    private static partial Regex Speaker();
}
