using Leo.Lab.Data;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Display;

/// <summary>Pictures and videos side by side, each with a line of text under it.</summary>
[TypeFormatterSource(typeof(ShownFormatters))]
public sealed class Gallery : IShown
{
    private const string Style = """
        .leo.leo .leo-grid{display:grid;gap:12px;justify-content:start;align-items:start}.leo.leo figure{margin:0;min-width:0}
        """;

    private readonly List<(object Item, string Label)> items = [];

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
        string places = string.Concat(items.Select(i => $"<figure style=\"width:{Width(i.Item)}px\">{Tag(i.Item, i.Label)}{Html.Caption(i.Label)}</figure>"));
        int widest = items.Count == 0 ? 0 : items.Max(i => Width(i.Item));
        string columns = Columns is { } n ? $"repeat({n},max-content)" : $"repeat(auto-fill,{widest}px)";
        bool plays = items.Any(i => i.Item is Video);
        return Html.Block(Style + Picture.Style + (plays ? PlayerParts.Style : ""),
            $"<div class=\"leo-grid\" style=\"grid-template-columns:{columns}\">{places}</div>{Html.Caption(Caption)}{(plays ? PlayerParts.Script : "")}");
    }

    /// <summary>A line for each item.</summary>
    public override string ToString() => string.Join('\n',
        items.Select(i => $"{ShownFormatters.Shown(i.Item)}{(i.Label.Length > 0 ? ": " : "")}{i.Label}").Append(Caption).Where(l => l.Length > 0));

    private Gallery AddItem(object item, string label)
    {
        ArgumentNullException.ThrowIfNull(item);
        items.Add((item, label));
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
