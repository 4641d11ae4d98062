using Leo.Kernel.Notebooks;

namespace Leo.Notebooks.Tests;

/// <summary>Every notebook of the series, run from top to bottom as a reader would, at the preset Tiny.</summary>
public sealed class SeriesTests
{
    // Idle cores need a fifth of it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(12);

    /// <summary>The series.</summary>
    internal static string Folder { get; } = FindFolder();

    public static TheoryData<string> All => [.. Directory.EnumerateFiles(Folder, "*.ipynb").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    /// <summary>Videos, figures as numbers of traces, tables as numbers of rows.</summary>
    public static TheoryData<string, int, int[], int[]> Contents => new()
    {
        { "00-start-here.ipynb", 12, [20, 4], [2] },
        { "01-videos-and-datasets.ipynb", 6, [3], [2, 3, 2] },
        { "02-image-animator.ipynb", 12, [1, 1], [6] },
        { "03-motion-codes.ipynb", 5, [20, 1, 6, 6, 2], [2, 10, 3] },
        { "04-diffusion-from-scratch.ipynb", 0, [1, 2, 1, 1, 1, 2, 1, 2], [6] },
        { "05-linear-motion-condition.ipynb", 8, [12, 12, 1, 2, 4, 4], [3, 2] },
        { "06-starting-frames.ipynb", 12, [], [4] },
        { "07-long-videos.ipynb", 4, [4, 1, 2, 1, 4, 1], [2, 3, 2] },
        { "08-metrics.ipynb", 5, [2], [4, 4, 3, 6, 3] },
        { "09-tables.ipynb", 0, [], [17, 3, 2, 2, 2, 5, 7, 4, 4] },
        { "10-disentanglement-and-editing.ipynb", 13, [3], [3, 3] },
        { "11-user-study.ipynb", 4, [5], [4, 2, 2] },
        { "12-your-own-data.ipynb", 6, [20], [8, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Notebook_AsCommitted_IsFit(string name) => Assert.Empty(NotebookCheck.Faults(Notebook.Read(Path.Combine(Folder, name))));

    [Theory]
    [MemberData(nameof(All))]
    public void Notebook_AsCommitted_OpensWithTimeAndEndsWithExercisesAndDifferences(string name)
    {
        string[] texts = [.. Notebook.Read(Path.Combine(Folder, name)).Cells.Where(c => !c.IsOfCode).Select(c => c.Source)];
        Assert.Contains("**What you will see.**", texts[0], StringComparison.Ordinal);
        Assert.Matches(@"\*\*How long it takes\.\*\* [^*]*\b(minute|second)", texts[0]);
        Assert.Contains("## Exercises", texts[^1], StringComparison.Ordinal);
        Assert.Matches("## Differs from the paper\n\n> ", texts[^1]);
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void Notebook_RunAtTiny_ShowsWhatItsFileShows(string name, int videos, int[] traces, int[] rows)
    {
        string path = Path.Combine(Folder, name);
        var runner = new NotebookRunner { Timeout = Patience, Environment = new Dictionary<string, string> { [Leo.Lab.Display.Notebook.PresetVariable] = "tiny" } };

        var result = runner.Run(path);

        Assert.True(result.Failure is null, $"{result.Failure?.Place}: {result.Failure?.Message}\n{result.Failure?.Traceback}");
        Assert.Equal(videos, OutputShape.Videos(result.Notebook));
        Assert.Equal(traces, OutputShape.Figures(result.Notebook).Select(f => f.Split(' ').Length));
        Assert.Equal(rows, OutputShape.Tables(result.Notebook));
        var kept = Notebook.Read(path).Cells.Where(c => c.IsCode).ToArray();
        var run = result.Notebook.Cells.Where(c => c.IsCode).ToArray();
        for (int i = 0; i < kept.Length; i++)
            Assert.Equal((i + 1, string.Join('\n', OutputShape.Of(kept[i]))), (i + 1, string.Join('\n', OutputShape.Of(run[i]))));
    }

    [Fact]
    public void Contents_OfTheTests_CoverTheSeries() => Assert.Equal(Names(All), Names(Contents));

    private static string[] Names(TheoryData rows) => [.. ((IEnumerable<object[]>)rows).Select(row => (string)row[0])];

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string notebooks = Path.Combine(folder.FullName, "notebooks");
            if (File.Exists(Path.Combine(notebooks, "00-start-here.ipynb"))) return notebooks;
        }
        throw new DirectoryNotFoundException("notebooks");
    }
}
