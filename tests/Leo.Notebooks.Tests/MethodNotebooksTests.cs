namespace Leo.Notebooks.Tests;

/// <summary>The notebooks that teach the method, 00 to 07, each run from top to bottom.</summary>
public sealed class MethodNotebooksTests
{
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
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Notebook_RunAtTiny_ShowsWhatItsFileShows(string name, int videos, int[] traces, int[] rows) => SeriesRun.ShowsWhatItsFileShows(name, videos, traces, rows);
}
