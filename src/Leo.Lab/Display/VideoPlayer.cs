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

/// <summary>Style, buttons and script of <see cref="VideoPlayer"/>.</summary>
internal static class PlayerParts
{
    public const string Style = """
        .leo.leo .leo-player{max-width:100%}.leo.leo video{display:block;max-width:100%;height:auto;border-radius:3px;background:var(--leo-card)}.leo.leo video.leo-crisp{image-rendering:pixelated}
        .leo.leo .leo-bar{display:flex;flex-wrap:wrap;align-items:center;gap:2px;margin-top:4px;min-width:0}.leo.leo .leo-bar[hidden]{display:none}
        .leo.leo .leo-bar button{font:inherit;font-size:12px;line-height:20px;width:26px;height:22px;padding:0;color:inherit;background:var(--leo-card);border:1px solid var(--leo-line);border-radius:4px;cursor:pointer}
        .leo.leo .leo-bar button:hover{border-color:var(--leo-accent)}
        .leo.leo .leo-bar input{flex:1;min-width:40px;height:16px;margin:0 4px;accent-color:var(--leo-accent)}
        .leo.leo .leo-bar output{font-size:12px;font-variant-numeric:tabular-nums;color:color-mix(in srgb,currentColor 66%,transparent);white-space:nowrap}
        """;

    // The middle of a frame is asked for, for rounding at its edge may show the neighbour.
    public const string Script = """
        <script>(()=>{for(const p of document.querySelectorAll('.leo-player')){
        if(p.leoReady)continue;p.leoReady=true;
        const v=p.querySelector('video'),bar=p.querySelector('.leo-bar'),play=bar.querySelector('[data-play]'),at=bar.querySelector('input'),say=bar.querySelector('output'),n=+p.dataset.frames,fps=+p.dataset.fps;
        let k=0;const tell=i=>{k=Math.max(0,Math.min(n-1,i));at.value=k;say.textContent=(k+1)+' / '+n};
        const go=i=>{v.pause();tell((i+n)%n);v.currentTime=(k+.5)/fps};
        const read=()=>tell(Math.floor(v.currentTime*fps+.001));
        const next=(_,shown)=>{if(!v.paused)tell(Math.round(shown.mediaTime*fps));if(v.isConnected)v.requestVideoFrameCallback(next)};
        if(v.requestVideoFrameCallback)v.requestVideoFrameCallback(next);else v.addEventListener('timeupdate',()=>{if(!v.paused)read()});
        for(const b of bar.querySelectorAll('[data-step]'))b.onclick=()=>go(k+ +b.dataset.step);
        at.oninput=()=>go(+at.value);play.onclick=()=>v.paused?v.play():v.pause();
        const sign=()=>{play.textContent=v.paused?'▶':'❚❚';play.title=v.paused?'play':'pause'};
        v.onplay=v.onpause=sign;sign();tell(0);v.controls=false;bar.hidden=false}})()</script>
        """;

    public static string Bar(int frames) =>
        "<div class=\"leo-bar\" hidden><button type=\"button\" data-step=\"-1\" title=\"one frame back\">◂</button><button type=\"button\" data-play title=\"pause\">❚❚</button>"
        + $"<button type=\"button\" data-step=\"1\" title=\"one frame on\">▸</button><input type=\"range\" min=\"0\" max=\"{frames - 1}\" value=\"0\" aria-label=\"frame\"><output>1 / {frames}</output></div>";
}

/// <summary>A picture in a notebook, crisp: each pixel is a square of whole screen pixels.</summary>
/// <param name="image">What to show.</param>
[TypeFormatterSource(typeof(ShownFormatters))]
public sealed class Picture(Image image) : IShown
{
    internal const string Style = ".leo.leo img{display:block;max-width:100%;height:auto;margin:0}.leo.leo img.leo-crisp{image-rendering:pixelated}";

    /// <summary>Wraps a frame of tensors.</summary>
    /// <param name="frame">[3, H, W] or [1, 3, H, W] in [-1, 1]; values outside are clamped.</param>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public Picture(Tensor frame) : this(FrameTensors.ToImage(frame))
    {
    }

    /// <summary>The picture.</summary>
    public Image Image { get; } = image ?? throw new ArgumentNullException(nameof(image));

    /// <summary>Screen pixels a pixel. <value>Default null: as large as fits into 256, at least 1.</value></summary>
    public int? Zoom { get; init; }

    /// <summary>A line under it. <value>Default empty.</value></summary>
    public string Caption { get; init; } = "";

    /// <inheritdoc/>
    public string ToHtml() => Html.Block(Style, Tag(Image, Zooms.For(Image.Height, Image.Width, Zoom), Caption) + Html.Caption(Caption));

    /// <summary>Its size and caption.</summary>
    public override string ToString() => $"picture, {Image.Width}×{Image.Height}{(Caption.Length > 0 ? ": " : "")}{Caption}";

    /// <summary>The element alone.</summary>
    internal static string Tag(Image image, int zoom, string alt) =>
        $"<img{(zoom > 1 ? " class=\"leo-crisp\"" : "")} width=\"{image.Width * zoom}\" height=\"{image.Height * zoom}\" alt=\"{Html.Encode(alt)}\" src=\"{Html.DataUri("image/png", ImageFile.ToPng(image))}\">";
}

/// <summary>Pictures and videos side by side, each with a line of text under it.</summary>
[TypeFormatterSource(typeof(ShownFormatters))]
public sealed class Gallery : IShown
{
    private const string Style = """
        .leo.leo .leo-grid{display:grid;gap:12px;justify-content:start;align-items:start}.leo.leo figure{margin:0;min-width:0}
        """;

    private readonly List<(object Item, string Label)> _items = [];

    /// <summary>Places a row. <value>Default null: as many as fit.</value></summary>
    public int? Columns { get; init; }

    /// <summary>Screen pixels a pixel. <value>Default null: as large as fits into 128, at least 1.</value></summary>
    public int? Zoom { get; init; }

    /// <summary>A line under all. <value>Default empty.</value></summary>
    public string Caption { get; init; } = "";

    /// <summary>A gallery of tensors.</summary>
    /// <param name="frames">[N, 3, H, W] in [-1, 1], a picture each; values outside are clamped.</param>
    /// <param name="labels">A line for each. <value>Default none.</value></param>
    /// <exception cref="ArgumentException">Another shape, or another number of labels.</exception>
    public static Gallery Of(Tensor frames, IReadOnlyList<string>? labels = null)
    {
        var video = FrameTensors.ToVideo(frames, 1);
        if (labels is not null && labels.Count != video.FrameCount)
            throw new ArgumentException($"{video.FrameCount} frames have {labels.Count} labels.", nameof(labels));
        var gallery = new Gallery();
        for (int i = 0; i < video.FrameCount; i++)
            gallery.Add(video.ImageAt(i), labels?[i] ?? "");
        return gallery;
    }

    /// <summary>Adds a picture.</summary>
    public Gallery Add(Image image, string label = "") => AddItem(image, label);

    /// <summary>Adds a video.</summary>
    public Gallery Add(Video video, string label = "") => AddItem(video, label);

    /// <inheritdoc/>
    /// <exception cref="MediaException">ffmpeg is missing or failed.</exception>
    public string ToHtml()
    {
        string places = string.Concat(_items.Select(i => $"<figure style=\"width:{Width(i.Item)}px\">{Tag(i.Item, i.Label)}{Html.Caption(i.Label)}</figure>"));
        int widest = _items.Count == 0 ? 0 : _items.Max(i => Width(i.Item));
        string columns = Columns is { } n ? $"repeat({n},max-content)" : $"repeat(auto-fill,{widest}px)";
        bool plays = _items.Any(i => i.Item is Video);
        return Html.Block(Style + Picture.Style + (plays ? PlayerParts.Style : ""),
            $"<div class=\"leo-grid\" style=\"grid-template-columns:{columns}\">{places}</div>{Html.Caption(Caption)}{(plays ? PlayerParts.Script : "")}");
    }

    /// <summary>A line for each item.</summary>
    public override string ToString() => string.Join('\n',
        _items.Select(i => $"{ShownFormatters.Shown(i.Item)}{(i.Label.Length > 0 ? ": " : "")}{i.Label}").Append(Caption).Where(l => l.Length > 0));

    private Gallery AddItem(object item, string label)
    {
        ArgumentNullException.ThrowIfNull(item);
        _items.Add((item, label));
        return this;
    }

    private static (int Height, int Width) Size(object item) => item is Video v ? (v.Height, v.Width) : (((Image)item).Height, ((Image)item).Width);

    private int ZoomOf(object item) => Zooms.For(Size(item).Height, Size(item).Width, Zoom, side: 128);

    // The buttons of a player need some room.
    private int Width(object item) => Math.Max(item is Video ? 128 : 1, Size(item).Width * ZoomOf(item));

    private string Tag(object item, string label) => item switch
    {
        Video { FrameCount: 0 } v => Html.Caption(new VideoPlayer(v).ToString()),
        Video v => VideoPlayer.Tag(v, ZoomOf(v), autoplay: true),
        _ => Picture.Tag((Image)item, ZoomOf(item), label),
    };
}
