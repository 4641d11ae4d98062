using Leo.Lab.Display;
using Leo.Lab.Media;

namespace Leo.Lab.Experiments.Figures;

/// <summary>A figure of the paper, made here: rows of videos, a label each.</summary>
public sealed record PaperFigure
{
    /// <summary>Its number in the paper.</summary>
    public required int Number { get; init; }

    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>What to look at, and what differs from the paper.</summary>
    public required string Caption { get; init; }

    /// <summary>The videos.</summary>
    public required IReadOnlyList<(string Label, Video Video)> Rows { get; init; }

    /// <summary>Frames that the picture shows of each, evenly spaced from the first to the last.</summary>
    /// <value>12</value>
    public int Columns { get; init; } = 12;

    /// <summary>Writes <c>figure-N.png</c> (time from left to right), <c>figure-N.mp4</c> (all play at once) and <c>figure-N.html</c> (both, with the caption).</summary>
    /// <param name="folder">Where to.</param>
    /// <returns>The paths, in this order.</returns>
    /// <exception cref="MediaException">A picture or video cannot be written.</exception>
    public IReadOnlyList<string> Save(string folder)
    {
        Directory.CreateDirectory(folder);
        string At(string extension) => Path.Combine(folder, $"figure-{Number}.{extension}");
        int side = Rows.Max(r => Math.Max(r.Video.Height, r.Video.Width));
        int large = side < 128 ? 2 * side : side;
        new LabelledSheet([.. Rows.Select(row => (IReadOnlyList<SheetCell>)[.. Enumerable.Range(0, Columns).Select(c => Cell(row, c))])], large, [Title]).Save(At("png"), 25);
        new LabelledSheet([.. Rows.Chunk(4).Select(r => (IReadOnlyList<SheetCell>)[.. r.Select(v => new SheetCell(v.Label, v.Video))])], large).Save(At("mp4"), Rows[0].Video.FramesPerSecond);
        new HtmlReport($"Figure {Number}: {Title}", Caption)
            .Section("Playing").Video(File.ReadAllBytes(At("mp4")), string.Join(" · ", Rows.Select(r => r.Label)))
            .Section("Frame by frame").Picture(File.ReadAllBytes(At("png")), "From the first frame to the last.")
            .Save(At("html"));
        return [At("png"), At("mp4"), At("html")];
    }

    private SheetCell Cell((string Label, Video Video) row, int column)
    {
        int frame = Columns == 1 ? 0 : (int)Math.Round((double)column * (row.Video.FrameCount - 1) / (Columns - 1));
        return new SheetCell(column == 0 ? row.Label : $"{frame + 1}", new Video(1, row.Video.Height, row.Video.Width, row.Video.FramesPerSecond, row.Video.Frame(frame).ToArray()));
    }
}
