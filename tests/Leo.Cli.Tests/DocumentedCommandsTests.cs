using System.CommandLine;

namespace Leo.Cli.Tests;

/// <summary>What the pages for users say that can be typed.</summary>
public class DocumentedCommandsTests
{
    // What `lab` does by itself, without the program.
    private static readonly string[] Labs = ["build", "test", "bench"];

    private static readonly string Root = PackedFeed.Repository;

    public static TheoryData<string> Pages() =>
        [.. (string[])["README.md", "checkpoints/README.md", "data/README.md"],
            .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Select(p => Path.GetRelativePath(Root, p)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void CommandLines_OfEveryPage_AreUnderstood(string page)
    {
        foreach (string[] words in CommandLines(page))
        {
            var errors = Program().Parse(words).Errors;
            Assert.True(errors.Count == 0, $"{page}: {string.Join(' ', words)}: {string.Join("; ", errors.Select(e => e.Message))}");
        }
    }

    [Fact]
    public void CliPage_HasAnExampleOfEveryCommand_AndNamesIt()
    {
        string text = File.ReadAllText(Path.Combine(Root, "docs/cli.md"));
        var shown = CommandLines("docs/cli.md").Select(words => Program().Parse(words).CommandResult.Command).Select(PathOf).ToHashSet();
        var all = Leaves(Program()).ToList();

        Assert.NotEmpty(all);
        Assert.Empty(all.Except(shown));
        Assert.All(all, path => Assert.Contains($"`{path}", text, StringComparison.Ordinal));
    }

    private static RootCommand Program() => LeoProgram.Root(new Shell(TextWriter.Null, TextWriter.Null, interactive: false, CancellationToken.None));

    private static IEnumerable<string[]> CommandLines(string page)
    {
        bool isShell = false;
        foreach (string line in File.ReadAllText(Path.Combine(Root, page)).Replace("\\\n", "", StringComparison.Ordinal).Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                isShell = line == "```sh";
            string[] words = line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (isShell && words.Length > 1 && words[0] is "./lab" or "leo" && !Labs.Contains(words[1]))
                yield return words[1..];
        }
    }

    private static IEnumerable<string> Leaves(Command command) =>
        command.Subcommands.Count == 0 ? [PathOf(command)] : command.Subcommands.SelectMany(Leaves);

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}".Trim() : "";
}
