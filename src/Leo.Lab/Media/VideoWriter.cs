using System.Globalization;

namespace Leo.Lab.Media;

/// <summary>
/// Writes a video frame by frame. The extension picks the format: .mp4 and .mov (H.264, yuv420p, index in front, so that browsers
/// play it), .mkv (H.264), .webm (VP9), .gif; a folder or <c>folder/%05d.png</c> makes a PNG a frame. H.264 needs even sizes: an odd
/// one gets its last row or column twice. The file appears under its name only after <see cref="Complete"/>.
/// </summary>
public sealed class VideoWriter : IDisposable
{
    private readonly string _path;
    private readonly int _frameBytes;
    private readonly IFrameWriter _writer;
    private bool _completed;

    /// <summary>Starts writing.</summary>
    /// <param name="path">The file; its folder is made if needed.</param>
    /// <param name="width">Columns, ≥ 1.</param>
    /// <param name="height">Rows, ≥ 1.</param>
    /// <param name="fps">Frames a second, above zero.</param>
    /// <exception cref="MediaException">Unknown extension, the folder cannot be made, or ffmpeg is not installed.</exception>
    public VideoWriter(string path, int width, int height, double fps)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (!(fps > 0 && fps <= 1000))
            throw new ArgumentOutOfRangeException(nameof(fps), fps, "A frame rate lies above 0 and up to 1000.");
        _path = path;
        _frameBytes = checked(width * height * 3);
        _writer = PngSequence.IsSequence(path) ? new PngSequence(path, width, height) : new VideoEncoder(path, width, height, fps);
    }

    /// <summary>Frames written so far.</summary>
    public int Count { get; private set; }

    /// <summary>True for names that ask for a picture a frame: <c>folder</c>, <c>folder/</c>, <c>folder/name%05d.png</c>.</summary>
    public static bool IsNumbered(string path) => PngSequence.IsSequence(path);

    /// <summary>Writes a whole video at once.</summary>
    /// <exception cref="MediaException">As the constructor, or the video has no frames, or the disk is full.</exception>
    public static void WriteAll(string path, Video video)
    {
        ArgumentNullException.ThrowIfNull(video);
        using var writer = new VideoWriter(path, video.Width, video.Height, video.FramesPerSecond);
        for (int i = 0; i < video.FrameCount; i++)
            writer.Write(video.Frame(i));
        writer.Complete();
    }

    /// <summary>Writes the next frame.</summary>
    /// <param name="rgb">RGB24, exactly H·W·3 bytes.</param>
    /// <exception cref="ArgumentException">Another number of bytes.</exception>
    /// <exception cref="MediaException">The disk is full or the encoder failed.</exception>
    public void Write(ReadOnlySpan<byte> rgb)
    {
        if (_completed)
            throw new InvalidOperationException("The video is complete; nothing can be added.");
        if (rgb.Length != _frameBytes)
            throw new ArgumentException($"A frame is {_frameBytes} bytes, not {rgb.Length}.", nameof(rgb));
        _writer.Write(rgb);
        Count++;
    }

    /// <summary>Finishes the file and gives it its name, replacing an older one.</summary>
    /// <exception cref="MediaException">No frame was written, the disk is full or the encoder failed; an older file is untouched.</exception>
    public void Complete()
    {
        if (_completed)
            return;
        if (Count == 0)
            throw new MediaException(_path, "a video of 0 frames cannot be written", "Write at least one frame");
        _writer.Complete();
        _completed = true;
    }

    /// <summary>Without <see cref="Complete"/>, gives up: nothing is left under the name.</summary>
    public void Dispose() => _writer.Dispose();
}

/// <summary>Where <see cref="VideoWriter"/> sends its frames.</summary>
internal interface IFrameWriter : IDisposable
{
    void Write(ReadOnlySpan<byte> rgb);

    void Complete();
}

/// <summary>Feeds raw frames to an ffmpeg that encodes into a temporary file.</summary>
internal sealed class VideoEncoder : IFrameWriter
{
    private readonly string _path;
    private readonly int _width;
    private readonly int _height;
    private readonly byte[]? _padded;
    private readonly int _paddedWidth;
    private readonly TemporaryOutput _output;
    private readonly FfmpegProcess _process;

    public VideoEncoder(string path, int width, int height, double framesPerSecond)
    {
        (_path, _width, _height) = (path, width, height);
        string[] codec = Codec(path, width * height);

        // 4:2:0 has one colour sample per 2×2 pixels; H.264 takes even sizes only.
        _paddedWidth = codec.Contains("libx264") ? width + (width & 1) : width;
        int paddedHeight = codec.Contains("libx264") ? height + (height & 1) : height;
        if ((_paddedWidth, paddedHeight) != (width, height))
            _padded = new byte[_paddedWidth * paddedHeight * 3];

        _output = new TemporaryOutput(path);
        try
        {
            _process = FfmpegProcess.Start("ffmpeg",
            [
                "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", $"{_paddedWidth}x{paddedHeight}",
                "-r", framesPerSecond.ToString("R", CultureInfo.InvariantCulture), "-i", "pipe:0", "-an", .. codec,
                // Bit-exact headers: the same frames make the same file.
                "-fflags", "+bitexact", "-flags:v", "+bitexact", FfmpegProcess.FileUrl(_output.Path),
            ], feedInput: true);
        }
        catch
        {
            _output.Dispose();
            throw;
        }
    }

    public void Write(ReadOnlySpan<byte> rgb)
    {
        if (_padded is not null)
        {
            Pad(rgb, _padded);
            rgb = _padded;
        }

        try
        {
            using (_process.Watch())
                _process.Input.Write(rgb);
        }
        catch (IOException)
        {
            throw Failed();
        }
    }

    public void Complete()
    {
        try
        {
            _process.Input.Close();
        }
        catch (IOException)
        {
            throw Failed();
        }

        // An encoder may report a full disk only in words when it writes the index.
        if (_process.WaitForExit() != 0 || _process.Errors.Any(e => e.Contains("No space left", StringComparison.Ordinal)))
            throw Failed();
        _output.Commit();
    }

    public void Dispose()
    {
        _process.Dispose();
        _output.Dispose();
    }

    private static string[] Codec(string path, int pixels)
    {
        const string Flags = "flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp";
        string[] colours =
        [
            "-vf", $"scale=out_color_matrix=bt709:out_range=tv:{Flags}", "-pix_fmt", "yuv420p", "-colorspace", "bt709",
            "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
        ];

        // Threads cost more than they bring on small frames.
        string[] h264 = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "13", "-threads", pixels <= 512 * 512 ? "1" : "2", .. colours];
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".mp4" or ".m4v" => [.. h264, "-movflags", "+faststart", "-f", "mp4"],
            ".mov" => [.. h264, "-movflags", "+faststart", "-f", "mov"],
            ".mkv" => [.. h264, "-f", "matroska"],
            ".webm" => ["-c:v", "libvpx-vp9", "-crf", "20", "-b:v", "0", "-deadline", "good", "-cpu-used", "4", "-threads", "1", .. colours, "-f", "webm"],
            ".gif" =>
            [
                "-filter_complex", "[0:v]split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle",
                "-loop", "0", "-f", "gif",
            ],
            var other => throw new MediaException(
                path, $"'{other}' is not a video format to write", "Use .mp4, .mov, .mkv, .webm, .gif, or a numbered picture name like frames/%05d.png"),
        };
    }

    // The last row and column are repeated, so that compression sees no edge there.
    private void Pad(ReadOnlySpan<byte> rgb, byte[] target)
    {
        int stride = _paddedWidth * 3;
        for (int y = 0; y < target.Length / stride; y++)
        {
            var row = target.AsSpan(y * stride, stride);
            rgb.Slice(Math.Min(y, _height - 1) * _width * 3, _width * 3).CopyTo(row);
            row[(_width * 3 - 3)..(_width * 3)].CopyTo(row[^3..]);
        }
    }

    private MediaException Failed()
    {
        _process.WaitForExit();
        return MediaErrors.Unwritable(_path, _process.Errors.FirstOrDefault(e => e.Contains("No space left", StringComparison.Ordinal))
            ?? _process.Errors.LastOrDefault() ?? "the encoder failed");
    }
}

/// <summary>A file beside the wanted one that takes its place when complete, so that readers never see half a file.</summary>
internal sealed class TemporaryOutput : IDisposable
{
    private readonly string _target;
    private bool _committed;

    public TemporaryOutput(string path)
    {
        _target = System.IO.Path.GetFullPath(path);
        string folder = System.IO.Path.GetDirectoryName(_target)!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MediaErrors.Unwritable(path, e.Message);
        }

        Path = System.IO.Path.Combine(folder, $".{System.IO.Path.GetFileName(_target)}.{Guid.NewGuid():N}.part");
    }

    public string Path { get; }

    public void Commit()
    {
        try
        {
            File.Move(Path, _target, overwrite: true);
            _committed = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MediaErrors.Unwritable(_target, e.Message);
        }
    }

    public void Dispose()
    {
        if (_committed)
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
