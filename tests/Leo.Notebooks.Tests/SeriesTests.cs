using Leo.Kernel.Notebooks;

namespace Leo.Notebooks.Tests;

/// <summary>Every notebook of the series as it is committed; <see cref="MethodNotebooksTests"/> and <see cref="PracticeNotebooksTests"/> run them.</summary>
public sealed class SeriesTests
{
    /// <summary>The series.</summary>
    internal static string Folder { get; } = FindFolder();

    public static TheoryData<string> All => [.. Directory.EnumerateFiles(Folder, "*.ipynb").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

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

    [Fact]
    public void Contents_OfTheRuns_CoverTheSeries() => Assert.Equal(Names(All), Names(MethodNotebooksTests.Contents).Concat(Names(PracticeNotebooksTests.Contents)));

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
