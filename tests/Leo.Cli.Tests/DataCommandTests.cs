using System.Text.Json.Nodes;

namespace Leo.Cli.Tests;

public sealed class DataCommandTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"leo-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Puppets_WithJson_EndsInAMachineReadableLine()
    {
        var (code, output, _) = Commandline.Run("data", "puppets", "--kind", "bodies", "--out", folder, "--train", "1", "--test", "1", "--frames", "4", "--json");

        Assert.Equal(ExitCode.Success, code);
        var json = JsonNode.Parse(Commandline.Lines(output)[^1])!;
        Assert.Equal(4, (int)json["videos"]!);
        Assert.Equal(4, Directory.GetFiles(folder, "*.mp4", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Scan_FolderWithAFileThatIsNoVideo_NamesItAndIs1()
    {
        Commandline.Run("data", "puppets", "--kind", "faces", "--out", folder, "--train", "1", "--test", "1", "--videos", "1", "--frames", "4");
        File.WriteAllText(Path.Combine(folder, "train", "broken.mp4"), "this is no video");

        var (code, output, _) = Commandline.Run("data", "scan", folder, "--json");

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("broken.mp4", output);
        Assert.Contains("2 of 3 videos can be used", output);
        Assert.Single(JsonNode.Parse(Commandline.Lines(output)[^1])!["faults"]!.AsArray());
    }

    [Fact]
    public void Scan_WithQuarantine_MovesWhatCannotBeUsed()
    {
        Commandline.Run("data", "puppets", "--kind", "faces", "--out", folder, "--train", "1", "--test", "1", "--videos", "1", "--frames", "4");
        string aside = Path.Combine(folder, "..", Path.GetFileName(folder) + "-aside");
        try
        {
            Commandline.Run("data", "scan", folder, "--min-frames", "5", "--quarantine", aside);
            Assert.Equal(2, Directory.GetFiles(aside).Length);
            Assert.Empty(Directory.GetFiles(folder, "*.mp4", SearchOption.AllDirectories));
        }
        finally
        {
            Directory.Delete(aside, recursive: true);
        }
    }
}
