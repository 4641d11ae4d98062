using System.Globalization;

namespace Leo.Lab.Media;

/// <summary>Feeds raw frames to an ffmpeg that encodes into a temporary file.</summary>
internal sealed class VideoEncoder : IFrameWriter
{
    private readonly string path;
    private readonly int width;
    private readonly int height;
    private readonly byte[]? padded;
    private readonly int paddedWidth;
    private readonly TemporaryOutput output;
    private readonly FfmpegProcess process;

    public VideoEncoder(string path, int width, int height, double framesPerSecond)
    {
        (this.path, this.width, this.height) = (path, width, height);
        var codec = Codec(path, width * height);

        // 4:2:0 has one colour sample per 2×2 pixels; H.264 takes even sizes only.
        paddedWidth = codec.Contains("libx264") ? width + (width & 1) : width;
        var paddedHeight = codec.Contains("libx264") ? height + (height & 1) : height;
        if ((paddedWidth, paddedHeight) != (width, height))
            padded = new byte[paddedWidth * paddedHeight * 3];

        output = new TemporaryOutput(path);
        try
        {
            process = FfmpegProcess.Start("ffmpeg",
            [
                "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", $"{paddedWidth}x{paddedHeight}",
                "-r", framesPerSecond.ToString("R", CultureInfo.InvariantCulture), "-i", "pipe:0", "-an", .. codec,
                // Bit-exact headers: the same frames make the same file.
                "-fflags", "+bitexact", "-flags:v", "+bitexact", FfmpegProcess.FileUrl(output.Path),
            ], feedInput: true);
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    public void Write(ReadOnlySpan<byte> rgb)
    {
        if (padded is not null)
        {
            Pad(rgb, padded);
            rgb = padded;
        }

        try
        {
            using (process.Watch())
                process.Input.Write(rgb);
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
            process.Input.Close();
        }
        catch (IOException)
        {
            throw Failed();
        }

        // An encoder may report a full disk only in words when it writes the index.
        if (process.WaitForExit() != 0 || process.Errors.Any(e => e.Contains("No space left", StringComparison.Ordinal)))
            throw Failed();
        output.Commit();
    }

    public void Dispose()
    {
        process.Dispose();
        output.Dispose();
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
        var stride = paddedWidth * 3;
        for (var y = 0; y < target.Length / stride; y++)
        {
            var row = target.AsSpan(y * stride, stride);
            rgb.Slice(Math.Min(y, height - 1) * width * 3, width * 3).CopyTo(row);
            row[(width * 3 - 3)..(width * 3)].CopyTo(row[^3..]);
        }
    }

    private MediaException Failed()
    {
        process.WaitForExit();
        return MediaErrors.Unwritable(path, process.Errors.FirstOrDefault(e => e.Contains("No space left", StringComparison.Ordinal))
            ?? process.Errors.LastOrDefault() ?? "the encoder failed");
    }
}
