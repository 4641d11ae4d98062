namespace Leo.Lab.Experiments.Tables;

/// <summary>What the paper's tables say (LEO §4.2, §5, §6).</summary>
public static class PaperNumbers
{
    /// <summary>Columns and rows of a table.</summary>
    /// <param name="table">1 to 6.</param>
    /// <exception cref="LeoException">No such table.</exception>
    public static (string Title, IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Rows) Of(int table) => table switch
    {
        1 => ("Unconditional and conditional generation of 16 frames",
            ["TaichiHD128 FVD₁₆", "KVD₁₆", "ACD₁₆", "TaichiHD256 FVD₁₆", "KVD₁₆", "FaceForensics FVD₁₆", "ACD₁₆", "CelebV-HQ FVD₁₆"],
            [
                Row("MoCoGAN-HD", S(144.7, 6.0), S(25.4, 1.9), N, N, N, 111.8.Cell(), 0.33.Cell(), 212.4.Cell()),
                Row("DIGAN", S(128.1, 4.9), S(20.6, 1.1), 2.17.Cell(), S(156.7, 6.2), N, 62.5.Cell(), N, 72.9.Cell()),
                Row("TATS", S(136.5, 1.2), S(22.2, 1.0), 2.28.Cell(), N, N, N, N, N),
                Row("StyleGAN-V", N, N, N, N, N, 47.4.Cell(), 0.36.Cell(), 69.1.Cell()),
                Row("MoStGAN-V", N, N, N, N, N, 39.7.Cell(), 0.38.Cell(), 132.1.Cell()),
                Row("LEO, unconditional", S(100.4, 3.1), S(11.4, 3.2), 1.83.Cell(), S(122.7, 1.1), S(20.49, 0.9), 52.3.Cell(), 0.28.Cell(), N),
                Row("LEO, conditional", S(57.6, 2.0), S(4.0, 1.5), 1.22.Cell(), S(94.8, 4.2), S(13.47, 2.3), 35.9.Cell(), 0.27.Cell(), 40.2.Cell()),
            ]),
        2 => ("Unconditional generation of 128 frames",
            ["TaichiHD128 FVD₁₂₈", "KVD₁₂₈", "ACD₁₂₈", "FaceForensics FVD₁₂₈", "ACD₁₂₈"],
            [
                Row("DIGAN", N, N, N, 1824.7.Cell(), N),
                Row("TATS", S(1194.58, 1.1), S(462.03, 8.2), 2.85.Cell(), N, N),
                Row("StyleGAN-V", N, N, N, 89.34.Cell(), 0.49.Cell()),
                Row("LEO", S(155.54, 2.6), S(48.82, 5.9), 2.06.Cell(), 96.28.Cell(), 0.34.Cell()),
            ]),
        3 => ("User study: share of raters who preferred LEO, per cent",
            ["TaichiHD", "FaceForensics"],
            [
                Row("quality, against TATS", 93.0.Cell(), N),
                Row("quality, against StyleGAN-V", N, 91.33.Cell()),
                Row("coherency, against TATS", 98.6.Cell(), N),
                Row("coherency, against StyleGAN-V", N, 93.2.Cell()),
            ]),
        4 => ("The Linear Motion Condition",
            ["TaichiHD FVD", "FaceForensics FVD"],
            [Row("without LMC", 118.6.Cell(), 60.03.Cell()), Row("with LMC", 100.4.Cell(), 52.32.Cell())]),
        5 => ("Repeated motion in long videos, by people's judgement",
            ["occurrence (printed as per cent; probably shares)"],
            [Row("without Transition DM", 0.45.Cell()), Row("with Transition DM", 0.02.Cell())]),
        6 => ("UCF101",
            ["FVD₁₆"],
            [
                Row("MoCoGAN-HD", 1729.6.Cell()), Row("DIGAN", 1630.2.Cell()), Row("StyleGAN-V", 1431.0.Cell()), Row("Make-A-Video", 367.23.Cell()),
                Row("Video LDM", 550.61.Cell()), Row("LaVie", 540.30.Cell()), Row("LEO", 1356.2.Cell()),
            ]),
        _ => throw new LeoException($"table {table}", "the paper has tables 1 to 6", "Give one of these"),
    };

    private static TableCell N => TableCell.None;

    private static TableCell S(double value, double spread) => new(value, spread);

    private static TableCell Cell(this double value) => new(value);

    private static TableRow Row(string label, params TableCell[] cells) => new(label, true, cells);
}
