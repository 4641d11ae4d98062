using System.Text.Json.Nodes;

namespace Leo.Cli.Tests;

public sealed class DataCommandTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"leo-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Puppets_WithJson_EndsInAMachineReadableLine()
    {
        var (code, output, _) = Commandline.Run("data", "puppets", "--kind", "bodies", "--out", _folder, "--train", "1", "--test", "1", "--frames", "4", "--json");

        Assert.Equal(ExitCode.Success, code);
        var json = JsonNode.Parse(Commandline.Lines(output)[^1])!;
        Assert.Equal(4, (int)json["videos"]!);
        Assert.Equal(4, Directory.GetFiles(_folder, "*.mp4", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Scan_FolderWithAFileThatIsNoVideo_NamesItAndIs1()
    {
        Commandline.Run("data", "puppets", "--kind", "faces", "--out", _folder, "--train", "1", "--test", "1", "--videos", "1", "--frames", "4");
        File.WriteAllText(Path.Combine(_folder, "train", "broken.mp4"), "this is no video");

        var (code, output, _) = Commandline.Run("data", "scan", _folder, "--json");

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("broken.mp4", output);
        Assert.Contains("2 of 3 videos can be used", output);
        Assert.Single(JsonNode.Parse(Commandline.Lines(output)[^1])!["faults"]!.AsArray());
    }

    [Fact]
    public void Scan_WithQuarantine_LeavesVideosWhereTheyAreAndOutOfTraining()
    {
        Commandline.Run("data", "puppets", "--kind", "faces", "--out", _folder, "--train", "2", "--test", "1", "--videos", "1", "--frames", "4");
        File.WriteAllText(Path.Combine(_folder, "train", "broken.mp4"), "this is no video");
        string[] before = Directory.GetFiles(_folder, "*.mp4", SearchOption.AllDirectories);

        var (code, output, _) = Commandline.Run("data", "scan", _folder, "--quarantine");

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("1 in quarantine", output);
        Assert.Equal(before, Directory.GetFiles(_folder, "*.mp4", SearchOption.AllDirectories));
        Assert.Equal("train/broken.mp4", (string)JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "quarantine.json")))!["unreadable"]![0]!);
        Assert.Equal(2, Leo.Lab.Data.VideoFolder.Open(_folder).Train.Count);
    }

    [Fact]
    public void Scan_ASecondTime_DecodesOnlyWhatChanged()
    {
        Commandline.Run("data", "puppets", "--kind", "faces", "--out", _folder, "--train", "1", "--test", "1", "--videos", "1", "--frames", "4");
        Commandline.Run("data", "scan", _folder);

        var (code, output, _) = Commandline.Run("data", "scan", _folder, "--json");

        var json = JsonNode.Parse(Commandline.Lines(output)[^1])!;
        Assert.Equal((ExitCode.Success, 2, 2, 0), (code, (int)json["videos"]!, (int)json["reused"]!, json["duplicates"]!.AsArray().Count));
        Assert.Equal(2, File.ReadAllLines(Path.Combine(_folder, "scan.jsonl")).Length);
    }
}
