using System.Globalization;
using System.Text.Json;

namespace Leo.Lab.Media;

/// <summary>
/// The sound of a video file, put under a video that was made from its frames. It begins where that file's pictures begin and is as
/// long as the new video: cut, or filled up with silence. Of several tracks, the one that players choose.
/// </summary>
internal static class SoundTrack
{
    /// <summary>Whether there is sound in a file, and the new one has a place for it.</summary>
    /// <param name="source">The video that frames or motion came from; null, or no file, has no sound.</param>
    /// <param name="target">The video to write.</param>
    public static bool Fits(string? source, string target) => source is not null && Codec(target) is not null && File.Exists(source) && MediaKind.IsVideo(source) && Find(source) is not null;

    /// <summary>Writes a video and puts sound under it; the file appears under its name when both are there.</summary>
    /// <param name="path">The video to write.</param>
    /// <param name="source">Where the sound is; null leaves it out, as does a file or a format without sound.</param>
    /// <param name="seconds">Length of the video.</param>
    /// <param name="write">Writes the pictures into the file that it is given.</param>
    /// <exception cref="MediaException">The file cannot be written.</exception>
    public static void Under(string path, string? source, double seconds, Action<string> write)
    {
        if (!Fits(source, path))
        {
            write(path);
            return;
        }

        string full = Path.GetFullPath(path);
        string silent = Path.Combine(Path.GetDirectoryName(full)!, $".{Guid.NewGuid():N}{Path.GetExtension(path)}");
        try
        {
            write(silent);
            Join(path, silent, source!, Find(source!)!.Value, seconds);
        }
        finally
        {
            File.Delete(silent);
        }
    }

    private static void Join(string path, string silent, string source, (int Stream, double PicturesBegin) sound, double seconds)
    {
        var (codec, format) = Codec(path)!.Value;
        using var output = new TemporaryOutput(path);
        // Times as in the file: pictures and sound of it need not begin together. Gaps are filled, both ends cut or filled to the picture's.
        string filter = string.Create(CultureInfo.InvariantCulture,
            $"asetpts=PTS-({sound.PicturesBegin:0.######})/TB,aresample=48000:async=1:first_pts=0,apad,atrim=start=0:end={seconds:0.######}");
        using var process = FfmpegProcess.Start("ffmpeg",
        [
            "-nostdin", "-v", "error", "-y", .. FfmpegProcess.OnlyMedia, "-i", FfmpegProcess.FileUrl(silent),
            "-copyts", .. FfmpegProcess.OnlyMedia, "-i", FfmpegProcess.FileUrl(source),
            "-map", "0:v", "-map", FormattableString.Invariant($"1:{sound.Stream}"), "-map_metadata", "-1", "-map_chapters", "-1", "-c:v", "copy",
            "-af", filter, "-ac", "2", "-c:a", codec, "-b:a", "160k", "-threads", "1", .. format, "-fflags", "+bitexact", "-flags:a", "+bitexact", FfmpegProcess.FileUrl(output.Path),
        ]);
        if (process.WaitForExit() != 0 || process.Errors.Any(e => e.Contains("No space left", StringComparison.Ordinal)))
            throw MediaErrors.Unwritable(path, process.Errors.FirstOrDefault(e => e.Contains("No space left", StringComparison.Ordinal)) ?? $"the sound of {source}: {process.Errors.LastOrDefault() ?? "the encoder failed"}");
        output.Commit();
    }

    private static (string Codec, string[] Format)? Codec(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".mp4" or ".m4v" => ("aac", ["-movflags", "+faststart", "-f", "mp4"]),
        ".mov" => ("aac", ["-movflags", "+faststart", "-f", "mov"]),
        ".mkv" => ("aac", ["-f", "matroska"]),
        ".webm" => ("libopus", ["-f", "webm"]),
        _ => null,
    };

    // The track marked as default, else the first; and the time of the first picture.
    private static (int Stream, double PicturesBegin)? Find(string path)
    {
        using var process = FfmpegProcess.Start("ffprobe",
            ["-v", "error", .. FfmpegProcess.OnlyMedia, "-show_entries", "stream=index,codec_type,start_time,sample_rate:stream_disposition=default,attached_pic", "-of", "json", FfmpegProcess.FileUrl(path)]);
        using var text = new StreamReader(process.Output);
        string json = text.ReadToEnd();
        if (process.WaitForExit() != 0)
            return null;
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("streams", out var list))
            return null;
        var streams = list.EnumerateArray().ToList();
        var sounds = streams.Where(s => Text(s, "codec_type") == "audio" && Text(s, "sample_rate") is not ("" or "0")).ToList();
        if (sounds.Count == 0)
            return null;
        var chosen = sounds.FirstOrDefault(s => Flag(s, "default"), sounds[0]);
        var pictures = streams.FirstOrDefault(s => Text(s, "codec_type") == "video" && !Flag(s, "attached_pic"));
        double begin = pictures.ValueKind == JsonValueKind.Object && double.TryParse(Text(pictures, "start_time"), NumberStyles.Float, CultureInfo.InvariantCulture, out double t) ? t : 0;
        return (chosen.GetProperty("index").GetInt32(), begin);
    }

    private static string Text(JsonElement stream, string name) => stream.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static bool Flag(JsonElement stream, string name) => stream.TryGetProperty("disposition", out var flags) && Text(flags, name) == "1";
}
