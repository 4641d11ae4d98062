using Leo.Lab.Data;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Display;

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
