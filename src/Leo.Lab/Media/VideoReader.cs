using System.Globalization;
using System.Text.Json;

namespace Leo.Lab.Media;

/// <summary>
/// Reads videos (mp4, mov, mkv, webm, avi, gif, …) through the ffmpeg program, and pictures and folders of frames. Every frame that a file
/// has comes out once. Sound is ignored, rotation flags are obeyed, transparent pixels are composited over black.
/// </summary>
public static class VideoReader
{
    /// <summary>Reads what the header says. Of a picture or folder of frames, the first picture is decoded.</summary>
    /// <exception cref="MediaException">The file is missing, cut short before its header ends, or no video; or ffmpeg is not installed.</exception>
    public static VideoInfo Probe(string path)
    {
        if (Directory.Exists(path) || FrameStream.IsPicture(path))
            return ProbePictures(path);
        return File.Exists(path) ? ProbeVideo(path) : throw MediaErrors.NotFound(path);
    }

    /// <summary>As <see cref="Probe"/>, of a file that ffmpeg is to decode.</summary>
    internal static VideoInfo ProbeVideo(string path)
    {
        using var process = FfmpegProcess.Start("ffprobe",
        [
            "-v", "error", .. FfmpegProcess.OnlyMedia, "-select_streams", "V:0",
            "-show_entries",
            "stream=codec_name,width,height,pix_fmt,avg_frame_rate,r_frame_rate,nb_frames,duration,sample_aspect_ratio"
                + ":stream_tags=alpha_mode,rotate:stream_side_data=rotation:format=duration",
            "-of", "json", FfmpegProcess.FileUrl(path),
        ]);
        using var text = new StreamReader(process.Output);
        string json = text.ReadToEnd();
        if (process.WaitForExit() != 0)
            throw MediaErrors.Unreadable(path, process.Errors);

        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("streams", out var streams) || streams.GetArrayLength() == 0)
            throw new MediaException(path, "holds no video stream", "Give a file with pictures, not only sound");
        return Parse(path, streams[0], document.RootElement);
    }

    /// <summary>Decodes everything into memory.</summary>
    /// <param name="path">A video, gif, picture (one frame), or folder of frames.</param>
    /// <param name="options">Null: every frame at its own size.</param>
    /// <exception cref="MediaException">
    /// The file is missing, cut short, damaged, no video, or too large for memory (2 GiB of pixels); or ffmpeg is not installed.
    /// </exception>
    public static Video Read(string path, VideoReadOptions? options = null)
    {
        using var stream = FrameStream.Open(path, options);
        return stream.ReadAll();
    }

    private static VideoInfo ProbePictures(string path)
    {
        using var stream = FrameStream.Open(path, new VideoReadOptions { MaxFrames = 1 });
        byte[] frame = [];
        while (stream.Read(ref frame))
        {
            // One frame tells the size.
        }

        // A camera's orientation flag may have turned the stored size.
        return stream.Source with { Width = stream.Width, Height = stream.Height };
    }

    private static VideoInfo Parse(string path, JsonElement stream, JsonElement root)
    {
        string Text(string name) => stream.TryGetProperty(name, out var value) ? value.ToString() : "";
        string Tag(string name) => stream.TryGetProperty("tags", out var tags) && tags.TryGetProperty(name, out var value) ? value.ToString() : "";

        if (!int.TryParse(Text("width"), out int width) || !int.TryParse(Text("height"), out int height) || width < 1 || height < 1)
            throw new MediaException(path, "the size of its video is unknown, as in a file cut short", "Copy or download it again");

        double aspect = Ratio(Text("sample_aspect_ratio"), ':') is > 0.1 and < 10 and var sar ? sar : 1;
        int rotation = Rotation(stream, Tag("rotate"));
        if (rotation is 90 or 270)
            (width, height, aspect) = (height, width, 1 / aspect);
        double rate = new[] { Ratio(Text("avg_frame_rate"), '/'), Ratio(Text("r_frame_rate"), '/') }.FirstOrDefault(r => r is > 0 and <= 1000);
        double? duration = Number(Text("duration"));
        if (duration is null && root.TryGetProperty("format", out var format) && format.TryGetProperty("duration", out var whole))
            duration = Number(whole.ToString());

        return new VideoInfo
        {
            Width = (int)Math.Round(width * aspect),
            Height = height,
            FramesPerSecond = rate > 0 ? rate : 25,
            FrameCount = int.TryParse(Text("nb_frames"), out int count) && count > 0 ? count : null,
            Duration = duration,
            Codec = Text("codec_name"),
            Rotation = rotation,
            HasAlpha = HasAlpha(Text("pix_fmt")) || Tag("alpha_mode") == "1",
            PixelAspect = aspect,
        };
    }

    // ffprobe counts the display matrix anticlockwise, the older tag clockwise.
    private static int Rotation(JsonElement stream, string tag)
    {
        double degrees = 0;
        if (stream.TryGetProperty("side_data_list", out var list))
        {
            foreach (var item in list.EnumerateArray())
            {
                if (item.TryGetProperty("rotation", out var value) && value.TryGetDouble(out double turn))
                    degrees = -turn;
            }
        }
        else if (Number(tag) is { } turn)
        {
            degrees = turn;
        }

        return (((int)Math.Round(degrees / 90) * 90 % 360) + 360) % 360;
    }

    private static bool HasAlpha(string format) =>
        format.StartsWith("yuva", StringComparison.Ordinal) || format.StartsWith("gbrap", StringComparison.Ordinal)
        || format.StartsWith("ya", StringComparison.Ordinal) || format == "pal8"
        || new[] { "rgba", "bgra", "argb", "abgr" }.Any(f => format.StartsWith(f, StringComparison.Ordinal));

    private static double Ratio(string text, char separator)
    {
        string[] parts = text.Split(separator);
        return parts.Length == 2 && Number(parts[0]) is { } a && Number(parts[1]) is { } b and > 0 ? a / b : 0;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;
}

/// <summary>How <see cref="VideoReader"/> turns a file into frames.</summary>
public sealed record VideoReadOptions
{
    /// <summary>
    /// Square side in pixels: the short side is resized to it and the centre cropped (the field's usual preprocessing). Where a video
    /// changes its size midway, each frame is. Null keeps the video's own size, and such a video is refused. Smaller videos are enlarged; datasets refuse them instead.
    /// </summary>
    /// <value>Default null.</value>
    public int? Size { get; init; }

    /// <summary>
    /// Constant rate to resample to, by time stamp: frames are repeated or left out. Null takes every stored frame once,
    /// also of a video with a variable rate. A folder of frames has no time stamps: there it only says the rate.
    /// </summary>
    /// <value>Default null.</value>
    public double? FramesPerSecond { get; init; }

    /// <summary>
    /// Seconds to leave out at the beginning: the first frame is the first that is not earlier. A folder of frames counts at its rate.
    /// </summary>
    /// <value>Default 0.</value>
    public double Start { get; init; }

    /// <summary>The part of the picture to take, before any resizing; it has to lie inside the picture. Null takes all of it.</summary>
    /// <value>Default null.</value>
    public PixelBox? Crop { get; init; }

    /// <summary>Stop after so many frames.</summary>
    /// <value>Default null: all.</value>
    public int? MaxFrames { get; init; }

    /// <summary>
    /// Takes the frames of a damaged file as the decoder gives them, in place of an exception: some are missing, others hold wrong pixels.
    /// Damaged pictures of a folder are passed over.
    /// </summary>
    /// <value>Default false.</value>
    public bool KeepDamaged { get; init; }

    /// <summary>Whether frames may change their size where no size is asked for; those of a video are then fitted to its first.</summary>
    internal bool AnySize { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A number is not above zero.</exception>
    internal void Validate()
    {
        if (Size is { } size)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(Size));
        if (MaxFrames is { } frames)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frames, nameof(MaxFrames));
        if (FramesPerSecond is { } rate && !(rate > 0 && rate <= 1000))
            throw new ArgumentOutOfRangeException(nameof(FramesPerSecond), rate, "A frame rate lies above 0 and up to 1000.");
        if (!(Start >= 0 && Start < 1e9))
            throw new ArgumentOutOfRangeException(nameof(Start), Start, "A start is zero or later.");
        if (Crop is { } box && (box.X < 0 || box.Y < 0 || box.Width < 1 || box.Height < 1))
            throw new ArgumentOutOfRangeException(nameof(Crop), box, "A crop begins inside the picture and has at least one pixel.");
    }
}

/// <summary>What a file's header says about its first video stream; nothing is decoded to know it.</summary>
public sealed record VideoInfo
{
    /// <summary>Columns as displayed: after rotation, with square pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Rows as displayed: after rotation, with square pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Mean frames a second. Pictures and folders of frames have no rate and say 25.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Frames, where the container says so (mp4, mov, avi, folders); null where only decoding would tell (mkv, webm).</summary>
    public int? FrameCount { get; init; }

    /// <summary>Seconds, where the container says so.</summary>
    public double? Duration { get; init; }

    /// <summary>Codec as ffmpeg names it: <c>h264</c>, <c>vp9</c>, <c>png</c>, …</summary>
    public required string Codec { get; init; }

    /// <summary>Clockwise turn, in degrees, that players apply and that reading applies too: 0, 90, 180 or 270.</summary>
    public int Rotation { get; init; }

    /// <summary>True if pixels can be transparent; reading composites them over black.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>Width over height of one stored pixel; 1 nearly always.</summary>
    internal double PixelAspect { get; init; } = 1;
}
