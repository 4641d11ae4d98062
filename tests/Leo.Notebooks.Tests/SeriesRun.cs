using Leo.Kernel.Notebooks;

namespace Leo.Notebooks.Tests;

/// <summary>Runs a notebook of the series from top to bottom as a reader would, at the preset Tiny. Two classes of tests divide the series, so that two run at once.</summary>
internal static class SeriesRun
{
    // Idle cores need a fifth of it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(12);

    /// <param name="name">The notebook.</param>
    /// <param name="videos">Videos that it shows.</param>
    /// <param name="traces">Traces of each of its figures.</param>
    /// <param name="rows">Rows of each of its tables.</param>
    public static void ShowsWhatItsFileShows(string name, int videos, int[] traces, int[] rows)
    {
        string path = Path.Combine(SeriesTests.Folder, name);
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
}
