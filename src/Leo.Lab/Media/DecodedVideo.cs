using System.Globalization;

namespace Leo.Lab.Media;

/// <summary>The frames of a video file, decoded by ffmpeg.</summary>
internal sealed class DecodedVideo : IFrameReader
{
    private const string Flags = "flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp";

    private readonly string _path;
    private readonly VideoReadOptions _options;
    private readonly FfmpegProcess _process;
    private readonly PpmStream _frames;
    private readonly DecoderLog _log;
    private readonly Task<IReadOnlyList<long>>? _promised;
    private readonly Task<string?>? _checksums;
    private readonly SecondDecoding? _second;
    private int _count;

    /// <summary>Starts decoding.</summary>
    /// <exception cref="MediaException">It is no video, or ffmpeg is not installed.</exception>
    public DecodedVideo(string path, VideoReadOptions options)
    {
        (_path, _options) = (path, options);
        var info = Info = VideoReader.ProbeVideo(path);
        if ((long)info.Width * info.Height > FfmpegProcess.MostPixels)
            throw MediaErrors.TooLarge(path, info.Width, info.Height);
        if (!options.KeepDamaged && Trailer.MissingOf(path, info.Codec) is { } trailer)
            throw MediaErrors.Broken(path, trailer);

        List<string> arguments = ["-nostdin", .. DecoderLog.Arguments, "-threads", "1", .. MostPixels, .. FfmpegProcess.OnlyMedia];
        // ffmpeg's own VP8 and VP9 decoders drop the transparency that WebM keeps in a second layer.
        if (info.Codec == "vp8" && info.HasAlpha)
            arguments.AddRange(["-c:v", "libvpx"]);
        else if (info.Codec == "vp9" && (info.HasAlpha || (FfmpegBuild.HasLibvpx && !options.KeepDamaged)))
            arguments.AddRange(["-c:v", "libvpx-vp9"]);
        bool whole = options is { MaxFrames: null, Start: 0, FramesPerSecond: null };
        bool check = whole && !options.KeepDamaged;
        if (whole)
            arguments.Add("-copyts"); // times as in the file, to be held against the container's
        if (!options.KeepDamaged)
            arguments.AddRange(DecoderLog.LookClosely);
        if (options.Start > 0)
            arguments.AddRange(["-ss", options.Start.ToString("0.######", CultureInfo.InvariantCulture)]);
        arguments.AddRange(["-i", FfmpegProcess.FileUrl(path), "-map", "0:V:0"]);
        _second = check ? SecondDecoding.Start(path, info) : null;
        arguments.AddRange(OutputArguments(options, info, _second is null ? DecoderLog.Filter : DecoderLog.ChecksumFilter));
        _log = new DecoderLog(info.Codec, () => TransportSeams.Find(path));
        _process = FfmpegProcess.Start("ffmpeg", arguments, log: _log);
        _frames = new PpmStream(_process.Output);
        // VP8 has pictures that are only there to be predicted from; they have times and are never shown.
        _promised = check && info.Codec is not ("vp8" or "gif") ? Task.Run(() => PacketTimes.Read(path)) : null;
        _checksums = check ? Task.Run(() => MatroskaChecksums.Fault(path)) : null;
    }

    /// <summary>What the header says.</summary>
    public VideoInfo Info { get; }

    public IReadOnlyList<(int Frame, int Width, int Height)> Sizes => _log.Sizes;

    public bool Read(ref byte[] rgb, out int width, out int height)
    {
        try
        {
            if (!_frames.TryReadHeader(out width, out height))
            {
                Finish();
                return false;
            }

            int size = checked(width * height * 3);
            if (rgb.Length < size)
                rgb = new byte[size];
            _frames.ReadPixels(rgb.AsSpan(0, size));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or OverflowException or IOException)
        {
            _process.WaitForExit();
            throw MediaErrors.Unreadable(_path, _process.Errors);
        }

        if (!_options.AnySize && (_options.Size is null || _options.Crop is not null) && _options.FramesPerSecond is null)
            RequireOneSize(_log.SizesUpTo(_count), _count);
        _count++;
        return true;
    }

    public void Dispose()
    {
        _process.Dispose();
        _second?.Dispose();
        try
        {
            _promised?.Wait();
            _checksums?.Wait();
        }
        catch (AggregateException)
        {
            // Nobody waits for it any more.
        }
    }

    // Of the frames, too: they may be larger than the header says.
    private static string[] MostPixels => ["-max_pixels", FfmpegProcess.MostPixels.ToString(CultureInfo.InvariantCulture)];

    private static List<string> OutputArguments(VideoReadOptions options, VideoInfo info, string log)
    {
        List<string> filters = [log];
        if (options.FramesPerSecond is { } fps)
            filters.Add($"fps={fps.ToString("R", CultureInfo.InvariantCulture)}");
        if (info.HasAlpha)
            filters.Add("format=gbrap,premultiply=inplace=1,format=gbrp"); // colour × alpha: over black, before any resize mixes pixels
        if (info.PixelAspect != 1)
            filters.Add(string.Create(CultureInfo.InvariantCulture, $"scale=round(iw*{info.PixelAspect}):ih:{Flags},setsar=1"));
        if (options.Crop is { } box)
            filters.Add(string.Create(CultureInfo.InvariantCulture, $"crop={box.Width}:{box.Height}:{box.X}:{box.Y}:exact=1"));
        if (options.Size is { } size)
            filters.Add($"scale={size}:{size}:force_original_aspect_ratio=increase:{Flags},crop={size}:{size}");
        List<string> arguments = ["-vf", string.Join(',', filters), .. FfmpegBuild.PassThrough];
        if (options.MaxFrames is { } frames)
            arguments.AddRange(["-frames:v", frames.ToString(CultureInfo.InvariantCulture)]);
        arguments.AddRange(["-sws_flags", Flags["flags=".Length..], "-pix_fmt", "rgb24", "-c:v", "ppm", "-f", "image2pipe", "pipe:1"]);
        return arguments;
    }

    // ffmpeg would fit the later pictures to the first ones; a cut-out box would show another part of them.
    private void RequireOneSize(IReadOnlyList<(int Frame, int Width, int Height)> sizes, int upTo)
    {
        if (sizes.Count > 1 && sizes[1].Frame <= upTo)
            throw new MediaException(_path, $"frame {sizes[1].Frame} is {sizes[1].Width}×{sizes[1].Height}, the frames before it {sizes[0].Width}×{sizes[0].Height}", "Ask for a size that all frames are scaled to, or cut the video there");
    }

    private void Finish()
    {
        int code = _process.WaitForExit();
        bool stopped = _options.MaxFrames == _count;
        if (_count == 0 && !stopped || code != 0 && !(_options.KeepDamaged && _count > 0))
            throw MediaErrors.Unreadable(_path, _process.Errors);
        if (!_options.AnySize && (_options.Size is null || _options.Crop is not null))
            RequireOneSize(_log.Sizes, int.MaxValue);
        if (stopped || _options.KeepDamaged)
            return;
        if (_log.Damage is { } damage)
            throw MediaErrors.Broken(_path, damage.Frame, damage.Line);
        if (_second?.Differs(_log) is { } frame)
            throw MediaErrors.Broken(_path, frame, "another decoder makes other pictures of it");
        if (_checksums?.GetAwaiter().GetResult() is { } sum)
            throw MediaErrors.Broken(_path, sum);
        // Joined files count their times anew, and begin with pictures that lean on what is gone.
        if (_log.IsJoined)
            return;
        if (_promised?.GetAwaiter().GetResult() is { Count: > 0 } promised && _log.Times is { } times && PacketTimes.Missing(promised, times) is { Count: > 0 } missing)
            throw MediaErrors.Incomplete(_path, missing.Count, times.Count(t => t < missing[0]), _count);
    }
}

/// <summary>Formats that end in a mark of their own, and that ffmpeg plays without a word where it is missing because the file was cut short.</summary>
internal static class Trailer
{
    /// <summary>What is missing; null if nothing is.</summary>
    public static string? MissingOf(string path, string codec) => codec switch
    {
        "gif" when !EndsAsGif(path) => "the GIF trailer is missing",
        "theora" when !EndsAsOgg(path) => "the last page of its stream is missing",
        _ => null,
    };

    // Whole ones end in ';', some programs pad with zeros.
    private static bool EndsAsGif(string path) => Tail(path, 64).AsSpan().TrimEnd((byte)0) is [.., (byte)';'];

    // The last page of a stream says so in its sixth byte (RFC 3533 §6); a page has at most 65,307 bytes.
    private static bool EndsAsOgg(string path)
    {
        byte[] tail = Tail(path, 1 << 16);
        int page = tail.AsSpan().LastIndexOf("OggS"u8);
        return page < 0 || page + 5 >= tail.Length || (tail[page + 5] & 4) != 0;
    }

    private static byte[] Tail(string path, int most)
    {
        using var stream = File.OpenRead(path);
        byte[] tail = new byte[Math.Min(most, stream.Length)];
        stream.Seek(-tail.Length, SeekOrigin.End);
        stream.ReadExactly(tail);
        return tail;
    }
}
