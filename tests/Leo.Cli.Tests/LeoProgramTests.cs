using System.CommandLine;

namespace Leo.Cli.Tests;

public class LeoProgramTests
{
    public static TheoryData<string> Commands()
    {
        var data = new TheoryData<string>();
        foreach (string path in Paths(LeoProgram.Root(Silent()), ""))
            data.Add(path);
        return data;
    }

    [Fact]
    public void Root_HasTheDocumentedCommands()
    {
        string[] wanted = ["run", "data puppets", "data scan", "train animator", "train clmdm", "train lmdm", "train transition", "train start-frame", "train start-code", "extract", "animate", "directions", "edit", "evaluate animator", "sample", "inspect"];
        Assert.Empty(wanted.Except(Paths(LeoProgram.Root(Silent()), "")));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfEveryCommand_ShowsExamplesOfIt(string path)
    {
        var (code, output, _) = Commandline.Run([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(ExitCode.Success, code);
        string examples = output[output.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.Contains($"leo {path}".TrimEnd(), examples);
    }

    [Theory]
    [InlineData("train animator", true)]
    [InlineData("evaluate", true)]
    [InlineData("train extractor", false)]
    [InlineData("animate", false)]
    public void Help_OfACommandThatSeveralProcessesDivide_SaysSo(string path, bool divides) =>
        Assert.Equal(divides, Commandline.Run([.. path.Split(' '), "--help"]).Out.Contains($"mpirun -np 2 leo {path}", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Examples_OfEveryCommand_AreUnderstood(string path)
    {
        var command = path.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate((Command)LeoProgram.Root(Silent()), (at, name) => at.Subcommands.Single(c => c.Name == name));
        foreach (string example in ((IHasExamples)command).Examples)
        {
            string[] words = example.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal("leo", words[0]);
            Assert.Empty(LeoProgram.Root(Silent()).Parse(words[1..]).Errors);
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("animate")]
    [InlineData("run --preset huge")]
    [InlineData("data puppets --kind dogs --out x")]
    [InlineData("data puppets --kind faces --out x --train 0")]
    [InlineData("train clmdm --data a --run b --steps many")]
    [InlineData("inspect a --threads 2000")]
    [InlineData("inspect a b")]
    public void Run_CommandLineThatMakesNoSense_Is2_WithLinesThatSayWhy(string line)
    {
        var (code, output, error) = Commandline.Run(line.Split(' '));

        Assert.Equal(ExitCode.Usage, code);
        Assert.Empty(output);
        string[] lines = Commandline.Lines(error);
        Assert.All(lines[..^1], l => Assert.StartsWith("error: ", l));
        Assert.Matches("^See leo.* --help$", lines[^1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("data")]
    [InlineData("train")]
    public void Run_WithoutACommand_Is2_AndShowsWhatThereIs(string line)
    {
        var (code, output, _) = Commandline.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("Commands:", output);
    }

    [Theory]
    [InlineData("inspect /no/such/file.safetensors")]
    [InlineData("inspect /no/such/clip.mp4")]
    [InlineData("data scan /no/such/folder")]
    [InlineData("train clmdm --data /no/such/codes.safetensors --run /no/such/run")]
    [InlineData("train animator --data x --run y --set noSuchSetting=1")]
    [InlineData("animate --checkpoint /no/such.safetensors --source a.png --driving b.mp4 --out c.mp4")]
    [InlineData("animate --checkpoint /no/such.safetensors --source a.png --out c.mp4 --relative")]
    [InlineData("sample --animator a --motion b --source c --out d --sampler magic")]
    public void Run_ErrorThatAUserCanMend_Is1_WithOneLine(string line)
    {
        var (code, output, error) = Commandline.Run(line.Split(' '));

        Assert.Equal(ExitCode.Failure, code);
        Assert.Empty(output);
        Assert.StartsWith("error: ", Assert.Single(Commandline.Lines(error)));
    }

    [Fact]
    public void Run_Cancelled_Is130()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        string folder = Path.Combine(Path.GetTempPath(), $"leo-{Guid.NewGuid():N}");
        var shell = new Shell(TextWriter.Null, TextWriter.Null, interactive: false, cancelled.Token);
        try
        {
            int code = LeoProgram.Run(["data", "puppets", "--kind", "faces", "--out", folder, "--train", "1", "--test", "1", "--frames", "2"], shell);
            Assert.Equal(ExitCode.Interrupted, code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Shell Silent() => new(TextWriter.Null, TextWriter.Null, interactive: false, CancellationToken.None);

    private static IEnumerable<string> Paths(Command command, string prefix)
    {
        yield return prefix;
        foreach (var child in command.Subcommands)
        {
            foreach (string path in Paths(child, $"{prefix} {child.Name}".Trim()))
                yield return path;
        }
    }
}
