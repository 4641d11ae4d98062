using System.Globalization;

namespace Leo.Lab.Media;

/// <summary>Decodes a video, picture or folder of frames one frame at a time; memory stays at one frame however long the video.</summary>
public sealed class FrameStream : IDisposable
{
    private readonly string _path;
    private readonly VideoReadOptions _options;
    private readonly FfmpegProcess _process;
    private readonly PpmStream _frames;
    private readonly Task? _feeder;
    private readonly int? _expected;
    private int _width;
    private int _height;
    private bool _ended;

    private FrameStream(string path, VideoReadOptions options, FfmpegProcess process, Task? feeder, VideoInfo source, int? expected)
    {
        (_path, _options, _process, _feeder, _expected) = (path, options, process, feeder, expected);
        _frames = new PpmStream(process.Output);
        Source = source;
        FramesPerSecond = options.FramesPerSecond ?? source.FramesPerSecond;
    }

    /// <summary>What the file's header says: the size before any resizing, the codec.</summary>
    public VideoInfo Source { get; }

    /// <summary>Rate of the frames that come out.</summary>
    public double FramesPerSecond { get; }

    /// <summary>Frames read so far.</summary>
    public int Count { get; private set; }

    /// <summary>Columns; known after the first frame.</summary>
    public int Width => _width;

    /// <summary>Rows; known after the first frame.</summary>
    public int Height => _height;

    /// <summary>Starts decoding.</summary>
    /// <param name="path">A video, gif, picture, or folder of frames.</param>
    /// <param name="options">Null: every frame at its own size.</param>
    /// <exception cref="MediaException">The file is missing or no video, or ffmpeg is not installed.</exception>
    public static FrameStream Open(string path, VideoReadOptions? options = null)
    {
        options ??= new VideoReadOptions();
        options.Validate();
        if (Directory.Exists(path))
            return Pictures(path, FrameFolder.Open(path, oneSize: options.Size is null), options);
        if (!File.Exists(path))
            throw MediaErrors.NotFound(path);
        return MediaKind.IsPicture(path) ? Pictures(path, [path], options) : Container(path, options);
    }

    /// <summary>Decodes the next frame into <paramref name="rgb"/>, which is allocated or enlarged as needed.</summary>
    /// <param name="rgb">Receives H·W·3 RGB24 bytes at its beginning.</param>
    /// <returns>False after the last frame.</returns>
    /// <exception cref="MediaException">The file is cut short, damaged, or changes its size midway.</exception>
    public bool Read(ref byte[] rgb)
    {
        if (_ended)
            return false;
        try
        {
            if (!_frames.TryReadHeader(out int w, out int h))
            {
                Finish();
                return false;
            }

            if (Count > 0 && (w, h) != (_width, _height))
                throw new MediaException(_path, $"frame {Count} is {w}×{h}, the frames before it {_width}×{_height}", "Give all frames one size");
            (_width, _height) = (w, h);
            int size = checked(w * h * 3);
            if (rgb.Length < size)
                rgb = new byte[size];
            _frames.ReadPixels(rgb.AsSpan(0, size));
            Count++;
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or OverflowException or IOException)
        {
            _process.WaitForExit();
            throw MediaErrors.Unreadable(_path, _process.Errors);
        }
    }

    /// <summary>Decodes the rest into memory.</summary>
    /// <exception cref="MediaException">As <see cref="Read"/>, or more than 2 GiB of pixels.</exception>
    public Video ReadAll()
    {
        byte[] frame = [], all = [];
        long length = 0L;
        int count = 0;
        for (; Read(ref frame); count++)
        {
            int size = Width * Height * 3;
            if (length + size > Array.MaxLength)
                throw new MediaException(_path, "more than 2 GiB of frames", "Read fewer frames, a lower rate or a smaller size");
            if (length + size > all.Length)
                Array.Resize(ref all, (int)Math.Min(Array.MaxLength, Math.Max(length + size, all.Length * 2L)));
            frame.AsSpan(0, size).CopyTo(all.AsSpan((int)length));
            length += size;
        }

        Array.Resize(ref all, (int)length);
        return new Video(count, Height, Width, FramesPerSecond, all);
    }

    /// <summary>Ends decoding, also midway.</summary>
    public void Dispose()
    {
        _process.Dispose();
        try
        {
            _feeder?.Wait();
        }
        catch (AggregateException)
        {
            // The feeder's pipe broke because decoding ended early.
        }
    }

    private static FrameStream Container(string path, VideoReadOptions options)
    {
        var info = VideoReader.Probe(path);
        if ((long)info.Width * info.Height > FfmpegProcess.MostPixels)
            throw MediaErrors.TooLarge(path, info.Width, info.Height);
        if (info.Codec == "gif" && !EndsAsGif(path))
            throw MediaErrors.Broken(path, "the GIF trailer is missing");

        List<string> arguments = ["-nostdin", "-v", "warning", "-threads", "1", .. MostPixels, .. FfmpegProcess.OnlyMedia];
        // ffmpeg's own VP8 and VP9 decoders drop the transparency that WebM keeps in a second layer.
        if (info.HasAlpha && info.Codec is "vp8" or "vp9")
            arguments.AddRange(["-c:v", info.Codec == "vp8" ? "libvpx" : "libvpx-vp9"]);
        if (options.Start > 0)
            arguments.AddRange(["-ss", options.Start.ToString("0.######", CultureInfo.InvariantCulture)]);
        arguments.AddRange(["-i", FfmpegProcess.FileUrl(path), "-map", "0:V:0"]);
        arguments.AddRange(OutputArguments(options, info, options.FramesPerSecond));
        var process = FfmpegProcess.Start("ffmpeg", arguments);
        return new FrameStream(path, options, process, null, info, null);
    }

    private static FrameStream Pictures(string path, IReadOnlyList<string> files, VideoReadOptions options)
    {
        var first = PictureHeader.Read(files[0]);
        var info = new VideoInfo
        {
            Width = first.Width,
            Height = first.Height,
            FramesPerSecond = FrameFolder.DefaultFramesPerSecond,
            FrameCount = files.Count,
            Codec = first.Format,
            HasAlpha = true, // perhaps; opaque pictures pass unchanged
        };
        if ((long)info.Width * info.Height > FfmpegProcess.MostPixels)
            throw MediaErrors.TooLarge(path, info.Width, info.Height);
        double rate = options.FramesPerSecond ?? info.FramesPerSecond;
        files = [.. files.Skip((int)Math.Min(int.MaxValue, Math.Ceiling((options.Start * rate) - 1e-6)))];
        if (files.Count == 0)
            throw new MediaException(path, $"its {info.FrameCount} frames end before the wanted start", "Choose an earlier start");
        if (options.MaxFrames is { } limit && files.Count > limit)
            files = [.. files.Take(limit)];
        List<string> arguments = ["-v", "warning", "-threads", "1", .. MostPixels, "-protocol_whitelist", "pipe", "-f", "image2pipe", "-c:v", first.Format, "-i", "pipe:0"];
        arguments.AddRange(OutputArguments(options, info, null));
        var process = FfmpegProcess.Start("ffmpeg", arguments, feedInput: true);
        var feeder = Task.Run(() => Feed(process.Input, files));
        return new FrameStream(path, options, process, feeder, info, files.Count);
    }

    // Of the frames, too: they may be larger than the header says.
    private static string[] MostPixels => ["-max_pixels", FfmpegProcess.MostPixels.ToString(CultureInfo.InvariantCulture)];

    private static IEnumerable<string> OutputArguments(VideoReadOptions options, VideoInfo info, double? rate)
    {
        List<string> filters = [];
        if (rate is { } fps)
            filters.Add($"fps={fps.ToString("R", CultureInfo.InvariantCulture)}");
        if (info.HasAlpha)
            filters.Add("format=gbrap,premultiply=inplace=1,format=gbrp"); // colour × alpha: over black, before any resize mixes pixels
        const string Flags = "flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp";
        if (info.PixelAspect != 1)
            filters.Add(string.Create(CultureInfo.InvariantCulture, $"scale=round(iw*{info.PixelAspect}):ih:{Flags},setsar=1"));
        if (options.Crop is { } box)
            filters.Add(string.Create(CultureInfo.InvariantCulture, $"crop={box.Width}:{box.Height}:{box.X}:{box.Y}:exact=1"));
        if (options.Size is { } size)
            filters.Add($"scale={size}:{size}:force_original_aspect_ratio=increase:{Flags},crop={size}:{size}");
        // Numbering the frames at an arbitrary constant rate makes every ffmpeg pass each exactly once.
        filters.Add("settb=1/25,setpts=N");
        List<string> arguments = ["-vf", string.Join(',', filters), "-r", "25"];
        if (options.MaxFrames is { } frames)
            arguments.AddRange(["-frames:v", frames.ToString(CultureInfo.InvariantCulture)]);
        arguments.AddRange(["-sws_flags", Flags["flags=".Length..], "-pix_fmt", "rgb24", "-c:v", "ppm", "-f", "image2pipe", "pipe:1"]);
        return arguments;
    }

    private static void Feed(Stream stdin, IReadOnlyList<string> files)
    {
        using (stdin)
        {
            foreach (string file in files)
            {
                using var stream = File.OpenRead(file);
                stream.CopyTo(stdin);
            }
        }
    }

    // ffmpeg plays a GIF that was cut short without a word; whole ones end in ';', some programs pad with zeros.
    private static bool EndsAsGif(string path)
    {
        using var stream = File.OpenRead(path);
        Span<byte> tail = stackalloc byte[(int)Math.Min(64, stream.Length)];
        stream.Seek(-tail.Length, SeekOrigin.End);
        stream.ReadExactly(tail);
        return tail.TrimEnd((byte)0) is [.., (byte)';'];
    }

    private void Finish()
    {
        _ended = true;
        int code = _process.WaitForExit();
        bool stopped = _options.MaxFrames == Count;
        if (code != 0 || (Count == 0 && !stopped))
            throw MediaErrors.Unreadable(_path, _process.Errors);
        if (!stopped && _process.Errors.FirstOrDefault(MediaErrors.IsDamage) is { } damage)
            throw MediaErrors.Broken(_path, damage);
        if (_expected is { } wanted && wanted != Count)
            throw new MediaException(_path, $"{Count} of {wanted} frames can be read", "Find the broken pictures and make them anew");
    }
}
