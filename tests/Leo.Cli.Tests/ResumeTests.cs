using System.Text.Json.Nodes;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Motion;
using Leo.Lab.Tests.Training;
using Leo.Lab.Training;

namespace Leo.Cli.Tests;

public sealed class ResumeTests : IDisposable
{
    private const string Small = "--set=network.baseChannels=8 --set=network.channelMult=[1,2] --set=network.attentionRates=[] --set=network.normGroups=4 --set=motion.length=8 --set=batchSize=2 --set=validateEvery=0 --set=sampleEvery=0 --set=diffusion.steps=50";
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-resume-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Resume_WithoutTheSettings_GoesOnWithThoseItWasBegunWith()
    {
        Codes();
        Good($"train clmdm --data {At("codes")} --run {At("whole")} --steps 6 --seed 3 {Small}");
        Good($"train clmdm --data {At("codes")} --run {At("parts")} --steps 3 --seed 3 {Small} --set=training.schedule=constant");
        File.Copy(At("parts/request.json"), At("begun.json"));
        var resumed = Good($"train clmdm --data {At("codes")} --run {At("parts")} --steps 6 --resume --set=training.schedule=cosine --json");

        Assert.Equal(6, (int)resumed["step"]!);
        Assert.Equal(3, (int)resumed["seed"]!);
        var settings = JsonNode.Parse(File.ReadAllText(At("parts/settings.json")))!;
        Assert.Equal("cosine", (string)settings["training"]!["schedule"]!);
        Assert.Equal(2, (int)settings["training"]!["batchSize"]!);
        Assert.Equal(3, (int)JsonNode.Parse(File.ReadAllText(At("begun.json")))!["steps"]!);
        Assert.Equal(6, (int)JsonNode.Parse(File.ReadAllText(At("parts/request.json")))!["steps"]!);
    }

    [Fact]
    public void Resume_SameCommandShortened_EndsWithTheSameBytes()
    {
        Codes();
        Good($"train clmdm --data {At("codes")} --run {At("whole")} --steps 4 --seed 3 {Small} --set=training.schedule=constant");
        Good($"train clmdm --data {At("codes")} --run {At("parts")} --steps 2 --seed 3 {Small} --set=training.schedule=constant");
        Good($"train clmdm --data {At("codes")} --run {At("parts")} --steps 4 --resume");
        foreach (string run in new[] { "whole", "parts" })
            Good($"export {At(run)} --out {At(run + ".safetensors")}");
        Assert.Equal(File.ReadAllBytes(At("whole.safetensors")), File.ReadAllBytes(At("parts.safetensors")));
    }

    [Fact]
    public void Resume_WithSettingsThatDoNotFit_IsRefusedAndForgotten()
    {
        Codes();
        Good($"train clmdm --data {At("codes")} --run {At("run")} --steps 1 --seed 3 {Small}");
        string before = File.ReadAllText(At("run/request.json"));
        var (code, _, error) = Commandline.Run($"train clmdm --data {At("codes")} --run {At("run")} --steps 2 --resume --seed 4 --set=batchSize=3".Split(' '));
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("Seed must be 3, found 4; BatchSize must be 2, found 3", error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(At("run/request.json")));
        Good($"train clmdm --data {At("codes")} --run {At("run")} --steps 2 --resume");
    }

    [Theory]
    [InlineData("startShift=0.1", "Options.startShift must be 0.5, found 0.1")]
    [InlineData("reverse=true", "Options.reverse must be false, found true")]
    public void Resume_WithOtherTrainingData_IsRefused(string setting, string fault)
    {
        Codes();
        Good($"train clmdm --data {At("codes")} --run {At("run")} --steps 1 {Small}");
        var (code, _, error) = Commandline.Run($"train clmdm --data {At("codes")} --run {At("run")} --steps 2 --resume --set={setting}".Split(' '));
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains(fault, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_WithoutTheFilesThatItWasBegunWith_StillHasThem()
    {
        const string Tiny = "--set=batchSize=2 --set=validateEvery=0 --set=sampleEvery=0";
        PuppetStudio.Write(At("videos"), new PuppetOptions { Kind = PuppetKind.Faces, TrainIdentities = 2, TestIdentities = 1, VideosPerIdentity = 1, Frames = 4, Size = 32, Seed = 7 });
        Good($"train perceptual --run {At("features")} --steps 1 --set=channels=[4,4] --set=people=2 --set=heldOutPeople=2 --set=pictures=1 --set=size=32 --set=batchSize=2");
        Good($"train animator --data {At("videos")} --run {At("first")} --steps 1 {Tiny} --set=animator.size=32 --set=animator.channels=[16,16,16,8]");
        Good($"train animator --data {At("videos")} --run {At("second")} --steps 1 {Tiny} --init {At("first")} --perceptual {At("features")}");

        Good($"train animator --data {At("videos")} --run {At("second")} --steps 2 --resume");

        var losses = JsonNode.Parse(File.ReadAllText(At("second/settings.json")))!["losses"]!;
        Assert.Equal((At("first"), At("features")), ((string)losses["init"]!, (string)losses["perceptual"]!));
    }

    [Fact]
    public void TensorBoard_IsAskedForOnce_AndGoesOnUntilItIsDeclined()
    {
        const string Train = "train perceptual --set=channels=[4,4] --set=people=2 --set=heldOutPeople=2 --set=pictures=1 --set=size=32 --set=batchSize=2 --set=logEvery=1 --set=validateEvery=0 --set=sampleEvery=2";
        Good($"{Train} --run {At("without")} --steps 2");
        Assert.False(Directory.Exists(At("without/tensorboard")));

        Good($"{Train} --run {At("run")} --steps 2 --tensorboard");
        Good($"train perceptual --run {At("run")} --steps 4 --resume");
        Assert.Equal([1L, 2, 3, 4], RunFolder.ReadMetrics(At("run")).Select(m => m.Step));
        EventFiles.AssertShown(At("run"), ("step", 2), ("step", 4));

        int files = EventFiles.Of(At("run/tensorboard")).Length;
        Good($"train perceptual --run {At("run")} --steps 5 --resume --tensorboard false");
        Good($"train perceptual --run {At("run")} --steps 6 --resume");
        Assert.Equal(files, EventFiles.Of(At("run/tensorboard")).Length);
    }

    [Fact]
    public void TensorBoard_FolderThatCannotBeMade_IsOneLineAndTheRunGoesOnAfterwards()
    {
        Codes();
        Directory.CreateDirectory(At("run"));
        File.WriteAllText(At("run/tensorboard"), "in the way");
        var (code, _, error) = Commandline.Run($"train clmdm --data {At("codes")} --run {At("run")} --steps 2 --seed 3 {Small} --tensorboard".Split(' '));
        Assert.Equal(ExitCode.Failure, code);
        string line = Assert.Single(Commandline.Lines(error), l => l.StartsWith("error: ", StringComparison.Ordinal));
        Assert.Contains($"{At("run/tensorboard")}", line, StringComparison.Ordinal);
        Assert.Contains("cannot be written", line, StringComparison.Ordinal);
        File.Delete(At("run/tensorboard"));
        Good($"train clmdm --data {At("codes")} --run {At("run")} --resume");
        Assert.NotEmpty(EventFiles.Read(At("run/tensorboard")));
    }

    [Fact]
    public void Resume_DamagedRequest_IsNamed()
    {
        Codes();
        Good($"train clmdm --data {At("codes")} --run {At("run")} --steps 1 {Small}");
        File.WriteAllText(At("run/request.json"), "{");
        var (code, _, error) = Commandline.Run($"train clmdm --data {At("codes")} --run {At("run")} --steps 2 --resume".Split(' '));
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("request.json", Assert.Single(Commandline.Lines(error)));
    }

    private void Codes()
    {
        var random = new Random(1);
        new CodeSequences([.. Enumerable.Range(0, 3).Select(v => new CodeSequence($"{v}.mp4", 3, [.. Enumerable.Range(0, 3 * 20).Select(_ => random.NextSingle())]))], 25).Save(At("codes"));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static JsonNode Good(string line)
    {
        var (code, output, error) = Commandline.Run(line.Split(' '));
        Assert.True(code == ExitCode.Success, error);
        return line.EndsWith("--json", StringComparison.Ordinal) ? JsonNode.Parse(Commandline.Lines(output)[^1])! : new JsonObject();
    }
}
