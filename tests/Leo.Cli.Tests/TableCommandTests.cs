using System.Text.Json.Nodes;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Motion;

namespace Leo.Cli.Tests;

/// <summary>Tables from models as small as they can be: that they are computed from the right ones, not that they are good.</summary>
public sealed class TableCommandTests : IDisposable
{
    private const string Small = "--steps 2 --set=network.baseChannels=8 --set=network.channelMult=[1,2] --set=network.attentionRates=[] --set=network.normGroups=4 --set=batchSize=2 --set=validateEvery=0 --set=sampleEvery=0 --set=diffusion.steps=50";
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-table-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Table4And5_FromRuns_HaveARowForEachModelAndThePapersBeside()
    {
        Prepare();
        string common = $"--out {At("tables")} --checkpoints {At("checkpoints")} --runs {At("runs")} --codes {At("codes")} --subjects bodies --sampler ddim:3 --json";

        var four = Good($"table 4 --videos 4 {common}");
        var five = Good($"table 5 --videos 2 --frames 128 {common}");

        Assert.Equal(["without LMC", "with LMC", "one half of the real videos to the other"], Labels(four, "rows"));
        Assert.Equal(["without Transition DM", "with Transition DM"], Labels(five, "rows"));
        Assert.Equal(118.6, (double)four["table"]!["paper_rows"]![0]!["cells"]![0]!["value"]!);
        // Two runs with the condition, one without: only the former have a deviation.
        Assert.NotNull(four["table"]!["rows"]![1]!["cells"]![0]!["spread"]);
        Assert.Null(four["table"]!["rows"]![0]!["cells"]![0]!["spread"]);
        Assert.All(new[] { "table-4.md", "table-4.json", "table-4.html", "table-5.md" }, name => Assert.True(File.Exists(At($"tables/{name}"))));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(6, false)]
    public void TableOfVideos_FromShippedModels_HasLeoBesideItsRivals(int number, bool conditional)
    {
        PuppetStudio.Write(At("videos"), new PuppetOptions { Kind = PuppetKind.Bodies, TrainIdentities = 3, TestIdentities = 1, VideosPerIdentity = 1, Frames = 128, Size = 64, Seed = 77 });

        var table = Good($"table {number} --videos 4 --data {At("videos")} --subjects bodies --sampler ddim:2 --out {At("tables")} --json");

        string[] rows = ["real videos, one half to the other", "the first frame, repeated", "recurrent prior, unconditional", "LEO, unconditional"];
        Assert.Equal(conditional ? [.. rows, "LEO, conditional"] : rows, Labels(table, "rows"));
        Assert.Contains("FVD(puppet-i3d)", (string)table["table"]!["columns"]![0]!);
        double[] distances = table["table"]!["rows"]!.AsArray().Select(r => (double)r!["cells"]![0]!["value"]!).ToArray();
        Assert.All(distances, d => Assert.InRange(d, 1e-3, 1e6));
        Assert.Equal(distances.Length, distances.Distinct().Count());
        // What stands still has all its frames in one place; what moves has not.
        double[] apart = table["table"]!["rows"]!.AsArray().Select(r => (double)r!["cells"]![2]!["value"]!).ToArray();
        Assert.Equal(0, apart[1], 1e-9);
        Assert.All(apart.Where((_, i) => i != 1), d => Assert.InRange(d, 1e-4, 1));
    }

    [Fact]
    public void Table6_WithoutUcf101_NamesTheCheckpointThatItNeeds()
    {
        var (code, _, error) = Commandline.Run($"table 6 --out {At("tables")} --checkpoints {At("nowhere")}".Split(' '));
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("animator-ucf101-tiny.safetensors", Commandline.Lines(error)[^1]);
    }

    [Fact]
    public void Table_WithoutItsCheckpoint_NamesTheFile()
    {
        Prepare();
        var (code, _, error) = Commandline.Run($"table 4 --out {At("tables")} --checkpoints {At("nowhere")} --codes {At("codes")} --subjects bodies".Split(' '));
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("lmdm-bodies-tiny.safetensors", Commandline.Lines(error)[^1]);
    }

    [Fact]
    public void Table3_SaysWhatTakesPeople()
    {
        var three = Good($"table 3 --out {At("tables")} --json");
        Assert.Equal(4, three["table"]!["paper_rows"]!.AsArray().Count);
        Assert.Contains("leo study", (string)three["table"]!["notes"]![0]!);
    }

    private void Prepare()
    {
        var random = new Random(1);
        Directory.CreateDirectory(At("codes"));
        Directory.CreateDirectory(At("checkpoints"));
        string codes = At("codes/bodies-codes.safetensors");
        new CodeSequences([.. Enumerable.Range(0, 4).Select(v => new CodeSequence($"{v}.mp4", 3, [.. Enumerable.Range(0, 3 * 80).Select(_ => random.NextSingle())]))], 25).Save(codes);
        Good($"train clmdm --data {codes} --run {At("runs/bodies-clmdm-0")} --set=motion.length=40 {Small}");
        Good($"train clmdm --data {codes} --run {At("runs/bodies-clmdm-1")} --seed 1 --set=motion.length=40 {Small}");
        Good($"train lmdm --data {codes} --run {At("runs/bodies-lmdm-0")} --set=motion.length=40 {Small}");
        Good($"train transition --data {codes} --run {At("runs/t")} --set=transition.length=40 {Small}");
        Good($"train start-code --data {codes} --run {At("runs/s")} --steps 2 --set=batchSize=4 --set=width=8 --set=blocks=1 --set=validateEvery=0 --set=diffusion.steps=50");
        Good($"export {At("runs/t")} --out {At("checkpoints/transition-bodies-tiny.safetensors")}");
        Good($"export {At("runs/s")} --out {At("checkpoints/start-code-bodies-tiny.safetensors")}");
    }

    private static IEnumerable<string> Labels(JsonNode table, string rows) => table["table"]![rows]!.AsArray().Select(r => (string)r!["label"]!);

    private string At(string name) => Path.Combine(_folder, name);

    private static JsonNode Good(string line)
    {
        var (code, output, error) = Commandline.Run(line.Split(' '));
        Assert.True(code == ExitCode.Success, error);
        return line.EndsWith("--json", StringComparison.Ordinal) ? JsonNode.Parse(Commandline.Lines(output)[^1])! : new JsonObject();
    }
}
