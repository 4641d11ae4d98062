using System.Text.Json.Nodes;
using Leo.Lab.Motion;

namespace Leo.Cli.Tests;

public sealed class EvaluateMotionCommandTests : IDisposable
{
    private const string Small = "--steps 2 --set=motion.length=40 --set=network.baseChannels=8 --set=network.channelMult=[1,2] --set=network.attentionRates=[] --set=network.normGroups=4 --set=batchSize=2 --set=validateEvery=0 --set=sampleEvery=0 --set=diffusion.steps=50";
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-evaluate-motion-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WithAndWithoutTheCondition_GiveNumbers()
    {
        string codes = Codes(videos: 4, frames: 80);
        Good($"train clmdm --data {codes} --run {At("with")} {Small}");
        Good($"train lmdm --data {codes} --run {At("without")} {Small}");

        var with = Good($"evaluate motion --motion {At("with")} --codes {codes} --videos 3 --frames 130 --sampler ddim:3 --json");
        var without = Good($"evaluate motion --motion {At("without")} --codes {codes} --videos 3 --frames 40 --sampler ddim:3 --json");

        Assert.True((bool)with["score"]!["linear_motion_condition"]!);
        Assert.False((bool)without["score"]!["linear_motion_condition"]!);
        Assert.Equal(2, with["score"]!["drift"]!.AsArray().Count);
        Assert.Equal(9, (int)with["score"]!["joins"]!["count"]!);
        Assert.All([with, without], score => Assert.True(double.IsFinite((double)score["score"]!["frechet"]!)));
    }

    [Fact]
    public void Lmdm_WithTheCondition_IsRefused()
    {
        var (code, _, error) = Commandline.Run($"train lmdm --data {Codes(2, 40)} --run {At("run")} {Small} --set=linearMotionCondition=true".Split(' '));
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("leo train clmdm", Assert.Single(Commandline.Lines(error)));
        Assert.False(Directory.Exists(At("run")));
    }

    [Fact]
    public void TooFewFramesForTheModel_IsOneLine()
    {
        string codes = Codes(videos: 4, frames: 80);
        Good($"train clmdm --data {codes} --run {At("with")} {Small}");
        var (code, _, error) = Commandline.Run($"evaluate motion --motion {At("with")} --codes {codes} --videos 3 --frames 20".Split(' '));
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("20 frames", Commandline.Lines(error)[^1]);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string Codes(int videos, int frames)
    {
        var random = new Random(1);
        new CodeSequences([.. Enumerable.Range(0, videos).Select(v => new CodeSequence($"{v}.mp4", 3, [.. Enumerable.Range(0, 3 * frames).Select(_ => random.NextSingle())]))], 25).Save(At("codes.safetensors"));
        return At("codes.safetensors");
    }

    private static JsonNode Good(string line)
    {
        var (code, output, error) = Commandline.Run(line.Split(' '));
        Assert.True(code == ExitCode.Success, error);
        return line.EndsWith("--json", StringComparison.Ordinal) ? JsonNode.Parse(Commandline.Lines(output)[^1])! : new JsonObject();
    }
}
