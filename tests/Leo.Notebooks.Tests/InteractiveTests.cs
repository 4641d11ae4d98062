using Leo.Kernel.Notebooks;

namespace Leo.Notebooks.Tests;

/// <summary>The quickest notebooks of the series in .NET Interactive, with what our own kernel shows.</summary>
public sealed class InteractiveTests
{
    // Idle cores need a tenth of it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [InteractiveTheory]
    [InlineData("03-motion-codes.ipynb")]
    [InlineData("04-diffusion-from-scratch.ipynb")]
    [InlineData("08-metrics.ipynb")]
    public void Notebook_InDotNetInteractive_ShowsWhatItsFileShows(string name)
    {
        var notebook = InteractiveTool.Execute(name, Patience);
        Assert.Contains("probeAddresses(", notebook.ToText(), StringComparison.Ordinal);

        // What `leo notebook strip --keep-outputs` does.
        notebook.Normalise();

        NotebookCell[] run = [.. notebook.Cells.Where(c => c.IsCode)];
        NotebookCell[] kept = [.. Notebook.Read(Path.Combine(SeriesTests.Folder, name)).Cells.Where(c => c.IsCode)];
        Assert.Equal(kept.Length, run.Length);
        for (int i = 0; i < kept.Length; i++)
            Assert.Equal((i + 1, string.Join('\n', OutputShape.Of(kept[i]))), (i + 1, string.Join('\n', OutputShape.Of(run[i]))));
    }
}

/// <summary>A theory that is skipped, with the reason, where .NET Interactive cannot be had.</summary>
public sealed class InteractiveTheoryAttribute : TheoryAttribute
{
    public InteractiveTheoryAttribute() => Skip = InteractiveTool.Missing;
}
