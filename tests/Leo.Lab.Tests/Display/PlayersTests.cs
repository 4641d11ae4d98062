using System.Text.RegularExpressions;
using Leo.Lab.Display;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Display;

public class PlayersTests
{
    [Theory]
    [InlineData(64, 64, null, 256)]
    [InlineData(48, 100, null, 200)]
    [InlineData(300, 400, null, 400)]
    [InlineData(64, 64, 3, 192)]
    public void Picture_IsShownAtAWholeZoom(int height, int width, int? zoom, int shown)
    {
        string html = new Picture(Shown.Image(height, width)) { Zoom = zoom }.ToHtml();
        Assert.Contains($"width=\"{shown}\" height=\"{height * shown / width}\"", html);
        Assert.Equal(shown > width, html.Contains("<img class=\"leo-crisp\""));
        Assert.Contains("image-rendering:pixelated", html);
    }

    [Fact]
    public void Picture_HoldsItsPng()
    {
        var image = Shown.Image();
        Assert.Contains($"src=\"data:image/png;base64,{Convert.ToBase64String(ImageFile.ToPng(image))}\"", new Picture(image).ToHtml());
    }

    [Fact]
    public void Picture_ZoomOfNought_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Picture(Shown.Image()) { Zoom = 0 }.ToHtml());

    [Fact]
    public void VideoPlayer_HoldsAnMp4AndStepButtons()
    {
        string html = new VideoPlayer(Shown.Video()) { Caption = "three" }.ToHtml();
        byte[] mp4 = Convert.FromBase64String(Regex.Match(html, "data:video/mp4;base64,([^\"]+)").Groups[1].Value);
        Assert.Equal("ftyp"u8, mp4.AsSpan(4, 4));
        Assert.Contains("data-fps=\"12.5\" data-frames=\"3\" style=\"width:256px\"", html);
        Assert.Matches("<video [^>]*autoplay loop muted playsinline controls", html);
        Assert.Contains("data-step=\"-1\"", html);
        Assert.Contains("data-step=\"1\"", html);
        Assert.Equal("video, 3 frames of 16×16 at 12.5 a second: three", new VideoPlayer(Shown.Video()) { Caption = "three" }.ToString());
    }

    [Fact]
    public void VideoPlayer_NoFrames_SaysSo() => Assert.Contains("video, 0 frames", new VideoPlayer(new Video(0, 8, 8, 25, [])).ToHtml());

    [Fact]
    public void Gallery_TakesPicturesAndVideos()
    {
        var gallery = new Gallery { Columns = 2, Caption = "both" }.Add(Shown.Image(32, 32), "still").Add(Shown.Video(), "moving");
        string html = gallery.ToHtml();
        Assert.Contains("grid-template-columns:repeat(2,max-content)", html);
        Assert.Contains("width=\"128\" height=\"128\" alt=\"still\"", html);
        Assert.Single(Regex.Matches(html, "<script>"));
        Assert.Equal("picture, 32×32: still\nvideo, 3 frames of 16×16 at 12.5 a second: moving\nboth", gallery.ToString());
    }

    [Fact]
    public void Gallery_OfTensors_HasAPictureAFrame()
    {
        using var frames = zeros(3, 3, 4, 4);
        Assert.Equal(3, Regex.Matches(Gallery.Of(frames, ["a", "b", "c"]).ToHtml(), "<img").Count);
        Assert.Throws<ArgumentException>(() => Gallery.Of(frames, ["a"]));
    }

    [Fact]
    public void FlowView_ShowsTheWheelAndItsScale()
    {
        using var flow = zeros(2, 2, 8, 8);
        flow[1, 0, 2, 3] = 3f;
        flow[1, 1, 2, 3] = 4f;
        var view = new FlowView(flow) { Unit = "px" };
        Assert.Equal(5, view.Longest, 5);
        string html = view.ToHtml();
        Assert.Contains("<p class=\"leo-soft\">rim: 5 px</p>", html);
        Assert.Contains("<video", html);
        Assert.Contains("alt=\"colour wheel\"", html);
        Assert.Equal("flow, 2 maps of 8×8, longest 5 px", view.ToString());
    }

    [Fact]
    public void FlowView_OneMap_IsAPicture()
    {
        using var flow = zeros(2, 8, 8);
        string html = new FlowView(flow).ToHtml();
        Assert.DoesNotContain("<video", html);
        Assert.Equal(2, Regex.Matches(html, "<img").Count);
    }

    [Fact]
    public void FlowView_AnotherShape_Throws()
    {
        using var flow = zeros(1, 3, 8, 8);
        Assert.Contains("[1, 3, 8, 8]", Assert.Throws<ArgumentException>(() => new FlowView(flow)).Message);
    }

    [Fact]
    public void ToHtml_HostileCaptions_AreEncoded()
    {
        using var flow = zeros(2, 2, 8, 8);
        Shown.AssertEncoded(new Picture(Shown.Image()) { Caption = Shown.Hostile }.ToHtml());
        Shown.AssertEncoded(new VideoPlayer(Shown.Video()) { Caption = Shown.Hostile }.ToHtml());
        Shown.AssertEncoded(new Gallery { Caption = Shown.Hostile }.Add(Shown.Image(), Shown.Hostile).Add(Shown.Video(), Shown.Hostile).ToHtml());
        Shown.AssertEncoded(new FlowView(flow) { Unit = Shown.Hostile, Caption = Shown.Hostile }.ToHtml());
    }
}
