using System.Text.Json.Nodes;
using Leo.Lab.Media;

namespace Leo.Cli.Tests;

public sealed class StudyCommandTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    private string Method(string name, int shade)
    {
        byte[] rgb = new byte[3 * 16 * 16 * 3];
        Array.Fill(rgb, (byte)shade);
        VideoWriter.WriteAll(Path.Combine(_shop.At(name), "clip.mp4"), new Video(3, 16, 16, 25, rgb));
        return $"--method {name}={_shop.At(name)}";
    }

    [Fact]
    public void MakeAndReport_EndToEnd()
    {
        string methods = $"{Method("leo", 50)} {Method("tats", 150)}";
        var made = Workshop.Good($"study make {methods} --count 1 --raters 2 --out {_shop.At("page")} --key {_shop.At("key")} --json");
        Assert.Equal((1, 2), ((int)made["questions"]!, (int)made["clips"]!));
        Assert.True(File.Exists((string)made["page"]!));

        var key = JsonNode.Parse(File.ReadAllText(_shop.At("key")))!;
        StudyAnswers.Write(key, 1, _shop.At("1.json"));
        StudyAnswers.Write(key, 2, _shop.At("2.json"));
        var report = Workshop.Good($"study report {_shop.At("1.json")} {_shop.At("2.json")} --key {_shop.At("key")} --out {_shop.At("report.md")} --json");
        var share = report["rows"]![0]!["share"]!;
        Assert.Equal((1, 2, 0.5), ((int)share["count"]!, (int)share["ratings"]!, (double)share["rate"]!));      // two raters, either way round
        Assert.Equal(2, (int)report["left"]!["count"]!);
        Assert.Contains("paper, Table 3", File.ReadAllText(_shop.At("report.md")), StringComparison.Ordinal);
        Assert.Contains("93.00 / 7.00", report["paper"]!.ToJsonString(), StringComparison.Ordinal);

        File.WriteAllText(_shop.At("1.json"), File.ReadAllText(_shop.At("1.json")).Replace("left", "right", StringComparison.Ordinal));
        Assert.Contains("seal", Workshop.Bad($"study report {_shop.At("1.json")} --key {_shop.At("key")}"), StringComparison.Ordinal);
        Assert.Contains("rater 2 again", Workshop.Bad($"study report {_shop.At("2.json")} {_shop.At("2.json")} --key {_shop.At("key")}"), StringComparison.Ordinal);
        Assert.Contains("already", Workshop.Bad($"study make {methods} --count 1 --out {_shop.At("page")} --key {_shop.At("key2")}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Study_BadCommandLines_AreUsageErrors()
    {
        string[] make = ["study", "make", "--out", "x", "--key", "y", "--method"];
        Assert.Equal(ExitCode.Usage, Commandline.Run([.. make, "nothing"]).Code);
        Assert.Equal(ExitCode.Usage, Commandline.Run([.. make, "a=b", "--question", "why"]).Code);
        Assert.Equal(ExitCode.Usage, Commandline.Run([.. make, "a=b", "--raters", "0"]).Code);
        Assert.Equal(ExitCode.Usage, Commandline.Run("study", "report", "x", "--key", "y", "--least-checks", "2").Code);
        Assert.Equal(ExitCode.Usage, Commandline.Run("study").Code);
    }

    [Fact]
    public void Study_BadInput_IsOneLine()
    {
        Assert.Contains("two methods", Workshop.Bad($"study make --method a=b --out {_shop.At("p")} --key {_shop.At("k")}"), StringComparison.Ordinal);
        Assert.Contains("nothing", Workshop.Bad($"study report x --key {_shop.At("nothing")}"), StringComparison.Ordinal);
        File.WriteAllText(_shop.At("k"), "{}");
        Assert.Contains("key", Workshop.Bad($"study report x --key {_shop.At("k")}"), StringComparison.Ordinal);
    }
}
