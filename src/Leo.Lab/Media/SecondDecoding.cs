using System.Globalization;

namespace Leo.Lab.Media;

/// <summary>
/// Decodes a video once more by another way that makes the same pictures of a sound file and others of a damaged one, for codecs whose
/// decoders say nothing: VP8 by libvpx, which goes on otherwise behind the end of a picture's data; HEVC with rows of blocks that can
/// be decoded side by side (wavefront, H.265 §9.3.1; x265's default) from the places where they are said to begin.
/// </summary>
internal sealed class SecondDecoding : IDisposable
{
    private readonly FfmpegProcess _process;
    private readonly DecoderLog _log;

    private SecondDecoding(string path, VideoInfo info, string[] way)
    {
        _log = new DecoderLog(info.Codec, () => TransportSeams.Find(path));
        _process = FfmpegProcess.Start("ffmpeg",
        [
            "-nostdin", .. DecoderLog.Arguments, .. way, "-copyts", "-max_pixels", FfmpegProcess.MostPixels.ToString(CultureInfo.InvariantCulture), .. FfmpegProcess.OnlyMedia,
            "-i", FfmpegProcess.FileUrl(path), "-map", "0:V:0", "-vf", DecoderLog.ChecksumFilter, .. FfmpegBuild.PassThrough, "-f", "null", "-",
        ], log: _log);
    }

    /// <summary>Starts it.</summary>
    /// <returns>Null where there is no other way.</returns>
    public static SecondDecoding? Start(string path, VideoInfo info) => info.Codec switch
    {
        "vp8" when !info.HasAlpha && FfmpegBuild.HasLibvpx => new SecondDecoding(path, info, ["-c:v", "libvpx", "-threads", "1"]),
        "hevc" when HasWavefront(path) => new SecondDecoding(path, info, ["-threads", "2", "-thread_type", "slice"]),
        _ => null,
    };

    /// <summary>Waits for the end, and compares.</summary>
    /// <param name="first">What was said of the first decoding, with checksums.</param>
    /// <returns>The first frame of the first decoding that differs; null if none does.</returns>
    public int? Differs(DecoderLog first)
    {
        _process.WaitForExit();
        return first.FirstOtherThan(_log);
    }

    public void Dispose() => _process.Dispose();

    // From the parameters that stand before the first picture.
    private static bool HasWavefront(string path)
    {
        var log = new ParameterLog("entropy_coding_sync_enabled_flag");
        using var process = FfmpegProcess.Start("ffmpeg",
        [
            "-nostdin", "-hide_banner", "-nostats", "-v", "info", .. FfmpegProcess.OnlyMedia, "-i", FfmpegProcess.FileUrl(path),
            "-map", "0:V:0", "-c", "copy", "-frames:v", "1", "-bsf:v", "trace_headers", "-f", "null", "-",
        ], log: log);
        process.WaitForExit();
        return log.IsOn;
    }

    // "41  entropy_coding_sync_enabled_flag  1 = 1"
    private sealed class ParameterLog(string name) : ILineListener
    {
        public bool IsOn { get; private set; }

        public bool Take(string line)
        {
            IsOn |= line.Contains(name, StringComparison.Ordinal) && line.TrimEnd().EndsWith("= 1", StringComparison.Ordinal);
            return true;
        }

        public void End()
        {
            // It is read when the program has ended.
        }
    }
}
