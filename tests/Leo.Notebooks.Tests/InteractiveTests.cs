using Leo.Kernel.Notebooks;

namespace Leo.Notebooks.Tests;

/// <summary>The quickest notebooks of the series in .NET Interactive, with what our own kernel shows.</summary>
public sealed class InteractiveTests
{
    // Idle cores need a tenth of it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("03-motion-codes.ipynb")]
    [InlineData("04-diffusion-from-scratch.ipynb")]
    public void Notebook_InDotNetInteractive_ShowsWhatItsFileShows(string name)
    {
        NotebookCell[] run = [.. InteractiveTool.Execute(name, Patience).Cells.Where(c => c.IsCode)];

        NotebookCell[] kept = [.. Notebook.Read(Path.Combine(SeriesTests.Folder, name)).Cells.Where(c => c.IsCode)];
        Assert.Equal(kept.Length, run.Length);
        for (int i = 0; i < kept.Length; i++)
        {
            // Before the first cell's output it puts a script for its own front end.
            string[] expected = [.. OutputShape.Of(kept[i])], shown = [.. OutputShape.Of(run[i]).Skip(i == 0 ? 1 : 0)];
            Assert.Equal((i + 1, string.Join('\n', expected)), (i + 1, string.Join('\n', shown)));
        }
    }
}
