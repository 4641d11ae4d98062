using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Display;

/// <summary>Flow maps in a notebook with the colour wheel that explains them: hue is direction, strength is length.</summary>
[TypeFormatterSource(typeof(ShownFormatters))]
public sealed class FlowView : IShown
{
    private const int WheelSide = 72;
    private const string Style = """
        .leo.leo .leo-flow{display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start}.leo.leo .leo-wheel{text-align:center}.leo.leo .leo-wheel img{border-radius:50%;margin:0 auto}
        """;

    /// <summary>Paints flow.</summary>
    /// <param name="flow">[2, H, W] for one map or [T, 2, H, W] for several in time; x then y, any unit.</param>
    /// <param name="longest">Length that gets full colour; null takes the longest vector, so that one scale holds for all frames. <value>Default null.</value></param>
    /// <param name="framesPerSecond">Rate at which several maps play. <value>Default 25.</value></param>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public FlowView(Tensor flow, float? longest = null, double framesPerSecond = 25)
    {
        ArgumentNullException.ThrowIfNull(flow);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var maps = flow.dim() == 3 ? flow.unsqueeze(0) : flow;
        if (maps.dim() != 4 || maps.shape[1] != 2)
            throw new ArgumentException($"Expected [2, H, W] or [T, 2, H, W], found [{string.Join(", ", flow.shape)}].", nameof(flow));
        Longest = longest ?? (maps.numel() == 0 ? 0 : maps.detach().square().sum(1L).max().sqrt().to(ScalarType.Float32).cpu().item<float>());
        Video = FrameTensors.ToVideo(FlowPictures.Of(maps, Math.Max(Longest, 1e-3f)), framesPerSecond);
    }

    /// <summary>The painted maps.</summary>
    public Video Video { get; }

    /// <summary>The length that has the colour of the wheel's rim, in the unit of the flow.</summary>
    public float Longest { get; }

    /// <summary>Unit of the flow, as shown beside the wheel. <value>Default empty.</value></summary>
    public string Unit { get; init; } = "";

    /// <summary>Screen pixels a pixel. <value>Default null: as large as fits into 256, at least 1.</value></summary>
    public int? Zoom { get; init; }

    /// <summary>A line under it. <value>Default empty.</value></summary>
    public string Caption { get; init; } = "";

    private string Scale => $"{Html.Number(Longest, "G3")}{(Unit.Length > 0 ? " " : "")}{Unit}";

    /// <inheritdoc/>
    /// <exception cref="MediaException">ffmpeg is missing or failed.</exception>
    public string ToHtml()
    {
        int zoom = Zooms.For(Video.Height, Video.Width, Zoom);
        bool plays = Video.FrameCount > 1;
        string map = plays ? VideoPlayer.Tag(Video, zoom, autoplay: true) : Video.FrameCount == 1 ? Picture.Tag(Video.ImageAt(0), zoom, Caption) : "";
        string wheel = $"<div class=\"leo-wheel\">{Picture.Tag(FlowLegend.Wheel(WheelSide), 1, "colour wheel")}<p class=\"leo-soft\">rim: {Html.Encode(Scale)}</p></div>";
        return Html.Block(Style + Picture.Style + (plays ? PlayerParts.Style : ""),
            $"<div class=\"leo-flow\">{map}{wheel}</div>{Html.Caption(Caption)}{(plays ? PlayerParts.Script : "")}");
    }

    /// <summary>Its size, the longest flow and the caption.</summary>
    public override string ToString() =>
        $"flow, {Video.FrameCount} maps of {Video.Width}×{Video.Height}, longest {Scale}{(Caption.Length > 0 ? ": " : "")}{Caption}";
}
