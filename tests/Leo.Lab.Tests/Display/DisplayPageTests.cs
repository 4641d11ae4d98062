using System.Text.RegularExpressions;
using Leo.Lab.Display;
using Leo.Lab.Display.Plots;
using Leo.Lab.Media;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Display;

/// <summary>
/// One page with one of each. It stays under build/, for <c>tests/browser/display</c> opens it in a real browser: whether figures draw,
/// videos play and nothing is fetched can only be seen there.
/// </summary>
public class DisplayPageTests
{
    [Fact]
    public void Show_OneOfEach_IsOnePageThatAsksForNothing()
    {
        var page = new HtmlReport("One of each", $"What notebooks show, on one page, with names like {Shown.Hostile}").Section("Display");
        page.Show(Scores()).Show(new Picture(Ball(32, 0)) { Caption = "A picture of 32 pixels: each is a square of eight." });
        page.Show(new VideoPlayer(Balls(64, 48)) { Caption = "A video of 64 pixels." });
        page.Show(new Gallery().Add(Ball(32, 3), "still").Add(Balls(32, 20), "moving").Add(Ball(32, 9), Shown.Hostile));
        using var flow = Flow();
        page.Show(new FlowView(flow) { Unit = "px", Caption = "Flow away from the middle." });
        using var path = stack([Curve(0), Curve(1.6), Curve(3.1)], 1);
        page.Show(new Figure { Title = $"Lines {Shown.Hostile}", XLabel = "frame", YLabel = "m = α − α₁" }.Lines(path, "m"));
        page.Show(new Figure { Title = "Points", EqualUnits = true }.Scatter(path.narrow(1, 0, 2), "codes"));
        page.Show(new Figure { Title = "A trajectory in space", XLabel = "m[0]", YLabel = "m[1]", ZLabel = "m[2]" }.Trajectory(path, "video"));
        page.Show(new Figure { Title = "A heat map" }.HeatMap(path.narrow(0, 0, 12), signed: true));
        page.Show(new Figure { Title = "Boxes" }.Box(Enumerable.Range(0, 40).Select(i => Math.Sin(i * 7.3)), "a").Box(Enumerable.Range(0, 40).Select(i => (i * i % 17) / 9.0), Shown.Hostile));
        page.Show(Animation());
        page.Show(Card());

        string html = page.ToHtml();
        page.Save(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "build", "display", "one-of-each.html"));
        foreach (Match source in Regex.Matches(Shown.WithoutScripts(html), "(?:src|href|poster)=\"([^\"]*)\""))
            Assert.Matches("^(data:|#)", source.Groups[1].Value);
        Assert.DoesNotMatch("https?://", Shown.WithoutScripts(html));
        Assert.Equal(6, Regex.Matches(html, "<div class=\"leo leo-figure\"").Count);
        Shown.AssertEncoded(html);
    }

    private static Table Scores() => new Table("model", new("FVD", Best.Lowest), new("ACD", Best.Lowest, "0.000"), new("PSNR, dB", Best.Highest), "note")
    {
        Caption = "Mean ± standard deviation of three runs; bold is best.",
    }.AddReference("real videos", 0, 0.011, double.NaN, "").Add("LEO", (93.14, 2.4), 0.123, 31.2, "linear motion condition")
        .Add("without LMC", (120.5, 10.25), 0.171, 29.53, "").Add(Shown.Hostile, (1034.2, 31), double.NaN, 12, Shown.Hostile);

    private static Image Ball(int side, double t)
    {
        byte[] rgb = new byte[side * side * 3];
        double cx = side * (0.5 + 0.3 * Math.Cos(t / 4)), cy = side * (0.5 + 0.3 * Math.Sin(t / 4));
        for (int i = 0; i < side * side; i++)
        {
            bool inside = Math.Pow((i % side) - cx, 2) + Math.Pow((i / side) - cy, 2) < side * side / 30.0;
            (rgb[i * 3], rgb[i * 3 + 1], rgb[i * 3 + 2]) = inside ? ((byte)240, (byte)150, (byte)40) : ((byte)(30 + (i % side * 60 / side)), (byte)60, (byte)(90 + (i / side * 90 / side)));
        }
        return new Image(side, side, rgb);
    }

    private static Video Balls(int side, int frames) =>
        new(frames, side, side, 12, [.. Enumerable.Range(0, frames).SelectMany(t => Ball(side, t * 8 * Math.PI / frames).Rgb)]);

    private static Tensor Flow()
    {
        float[] values = new float[2 * 32 * 32];
        for (int i = 0; i < 32 * 32; i++)
            (values[i], values[1024 + i]) = ((i % 32) - 15.5f, (i / 32) - 15.5f);
        return tensor(values).reshape(2, 32, 32);
    }

    private static Tensor Curve(double phase) => tensor(Enumerable.Range(0, 60).Select(i => (float)(Math.Sin((i / 9.0) + phase) * (1 + (phase * 0.2)))).ToArray());

    private static Figure Animation()
    {
        static ScatterTrace Cloud(double noise) => new(
            [.. Enumerable.Range(0, 200).Select(i => Math.Cos(i) + (noise * Math.Sin(i * 5.1)))], [.. Enumerable.Range(0, 200).Select(i => Math.Sin(i) + (noise * Math.Cos(i * 3.7)))]);
        var figure = new Figure { Title = "An animation", Height = 460, EqualUnits = true }.Add(Cloud(0));
        for (int t = 0; t <= 10; t++) figure.Frame($"{t * 100}", Cloud(t / 5.0));
        return figure;
    }

    private static TrainingCard Card()
    {
        var card = new TrainingCard("image animator");
        for (int i = 1; i <= 40; i++)
            card.Metrics(new() { Step = i * 50, Seconds = i, LearningRate = 1, Skipped = 0, Scalars = new Dictionary<string, double> { ["loss.generator"] = (4.0 / i) + 0.5, ["loss.critic"] = 1 + Math.Sin(i) } });
        card.Step(new TrainingTick(2000, 5000, 0.4, TimeSpan.FromSeconds(80), 25, TimeSpan.FromSeconds(120)));
        card.Note($"samples of step 2000 are in {Shown.Hostile}");
        return card;
    }
}
