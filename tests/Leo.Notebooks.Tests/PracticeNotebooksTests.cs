namespace Leo.Notebooks.Tests;

/// <summary>The notebooks on measuring, tables, editing and own data, 08 to 12, each run from top to bottom.</summary>
public sealed class PracticeNotebooksTests
{
    /// <summary>Videos, figures as numbers of traces, tables as numbers of rows.</summary>
    public static TheoryData<string, int, int[], int[]> Contents => new()
    {
        { "08-metrics.ipynb", 5, [2], [4, 4, 3, 6, 3] },
        { "09-tables.ipynb", 0, [], [17, 3, 2, 2, 2, 5, 7, 4, 4] },
        { "10-disentanglement-and-editing.ipynb", 13, [3], [3, 3] },
        { "11-user-study.ipynb", 4, [5], [4, 2, 2] },
        { "12-your-own-data.ipynb", 6, [20], [8, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Notebook_RunAtTiny_ShowsWhatItsFileShows(string name, int videos, int[] traces, int[] rows) => SeriesRun.ShowsWhatItsFileShows(name, videos, traces, rows);
}
