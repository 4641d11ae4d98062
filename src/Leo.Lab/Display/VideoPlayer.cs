using Leo.Lab.Data;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Display;

/// <summary>
/// A video in a notebook: H.264 inside the page, looping without sound, with a bar to play, to scrub and to step frame by frame. Where
/// scripts do not run, the browser's own controls stay.
/// </summary>
/// <param name="video">What to show; at least one frame.</param>
[TypeFormatterSource(typeof(ShownFormatters))]
public sealed class VideoPlayer(Video video) : IShown
{
    /// <summary>Wraps frames of tensors.</summary>
    /// <param name="frames">[T, 3, H, W] in [-1, 1]; values outside are clamped.</param>
    /// <param name="framesPerSecond">Rate. <value>Default 25.</value></param>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public VideoPlayer(Tensor frames, double framesPerSecond = 25) : this(FrameTensors.ToVideo(frames, framesPerSecond))
    {
    }

    /// <summary>The video.</summary>
    public Video Video { get; } = video ?? throw new ArgumentNullException(nameof(video));

    /// <summary>Screen pixels a pixel. <value>Default null: as large as fits into 256, at least 1.</value></summary>
    public int? Zoom { get; init; }

    /// <summary>Whether it plays at once. <value>Default true.</value></summary>
    public bool Autoplay { get; init; } = true;

    /// <summary>A line under it. <value>Default empty.</value></summary>
    public string Caption { get; init; } = "";

    /// <inheritdoc/>
    /// <exception cref="MediaException">ffmpeg is missing or failed.</exception>
    public string ToHtml() => Video.FrameCount == 0
        ? Html.Block("", Html.Caption(ToString()))
        : Html.Block(PlayerParts.Style, Tag(Video, Zooms.For(Video.Height, Video.Width, Zoom), Autoplay) + Html.Caption(Caption) + PlayerParts.Script);

    /// <summary>Its length, size, rate and caption.</summary>
    public override string ToString() =>
        $"video, {Video.FrameCount} frames of {Video.Width}×{Video.Height} at {Html.Number(Video.FramesPerSecond, "0.##")} a second{(Caption.Length > 0 ? ": " : "")}{Caption}";

    /// <summary>The player alone; needs <see cref="PlayerParts"/> beside it.</summary>
    internal static string Tag(Video video, int zoom, bool autoplay)
    {
        // H.264 keeps one colour for four pixels: small frames are doubled before, so that each keeps its own.
        bool doubled = zoom > 1;
        byte[] mp4 = Mp4.Bytes(doubled ? VideoSheet.SideBySide([video], 2) : video);
        int width = video.Width * zoom;
        return $"<div class=\"leo-player\" data-fps=\"{Html.Number(video.FramesPerSecond)}\" data-frames=\"{video.FrameCount}\" style=\"width:{width}px\">"
            + $"<video{(doubled ? " class=\"leo-crisp\"" : "")} width=\"{width}\" height=\"{video.Height * zoom}\"{(autoplay ? " autoplay" : "")} loop muted playsinline controls src=\"{Html.DataUri("video/mp4", mp4)}\"></video>"
            + PlayerParts.Bar(video.FrameCount) + "</div>";
    }
}
