using System.Text.Json.Nodes;

namespace Leo.Cli.Tests;

/// <summary>Figures from models as small as they can be: that the right rows are there, not that they are good.</summary>
public sealed class FigureCommandTests : IDisposable
{
    private const string Net = "--set=network.baseChannels=8 --set=network.channelMult=[1,2] --set=network.attentionRates=[] --set=network.normGroups=4 --set=batchSize=2 --set=validateEvery=0 --set=sampleEvery=0 --set=diffusion.steps=50";
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-figure-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Figures_HaveTheirRows_AsPictureVideoAndPage()
    {
        Prepare();

        Assert.Equal(["person 1, motion 1", "person 1, motion 2", "person 2, motion 1", "person 2, motion 2"], Rows(6));
        Assert.Equal(["from a picture", "from a picture", "from nothing", "from nothing"], Rows(1));
        Assert.Equal(["real", "from a picture", "first frame", "from nothing"], Rows(4));
        Assert.Equal(["original", "recolour", "poster"], Rows(7));
        Assert.Equal(["without", "with Transition DM"], Rows(8));
        Assert.All(new[] { "png", "mp4", "html" }, e => Assert.True(new FileInfo(At($"figures/figure-8.{e}")).Length > 0));
    }

    [Fact]
    public void Figure2_IsADrawing()
    {
        var (code, _, error) = Commandline.Run("figure", "2");
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("1, 4, 5, 6, 7, 8, 9 can", error);
    }

    private IEnumerable<string> Rows(int figure) => Good(
        $"figure {figure} --out {At("figures")} --checkpoints {At("ck")} --subjects faces --data {At("data")} --frames 12 --sampler ddim:3 --json")["rows"]!.AsArray().Select(r => (string)r!);

    private void Prepare()
    {
        Good($"data puppets --kind faces --out {At("data")} --train 2 --test 1 --videos 2 --frames 16 --size 32");
        Good($"train animator --data {At("data")} --run {At("a")} --steps 2 --set=animator.size=32 --set=animator.styleDim=8 --set=animator.motionDim=4 --set=animator.channels=[4,4,4,4] --set=batchSize=2");
        Good($"extract --checkpoint {At("a")} --data {At("data")} --out {At("codes.safetensors")}");
        Good($"train clmdm --data {At("codes.safetensors")} --run {At("m")} --steps 2 --set=motion.length=8 {Net}");
        Good($"train transition --data {At("codes.safetensors")} --run {At("t")} --steps 2 --set=transition.length=8 {Net}");
        Good($"train start-code --data {At("codes.safetensors")} --run {At("s")} --steps 2 --set=batchSize=4 --set=width=8 --set=blocks=1 --set=validateEvery=0 --set=diffusion.steps=50");
        Good($"train start-frame --data {At("data")} --animator {At("a")} --run {At("f")} --steps 2 --set=startFrame.size=32 {Net}");
        foreach (var (run, part) in new[] { ("a", "animator"), ("m", "motion"), ("t", "transition"), ("s", "start-code"), ("f", "start-frame") })
            Good($"export {At(run)} --out {At($"ck/{part}-faces-tiny.safetensors")}");
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static JsonNode Good(string line)
    {
        var (code, output, error) = Commandline.Run(line.Split(' '));
        Assert.True(code == ExitCode.Success, error);
        return line.EndsWith("--json", StringComparison.Ordinal) ? JsonNode.Parse(Commandline.Lines(output)[^1])! : new JsonObject();
    }
}
