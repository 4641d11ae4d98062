namespace Leo.Lab.Experiments.Study;

/// <summary>A number of the paper's own user studies (Wang et al. 2024, 20 raters).</summary>
/// <param name="Table">Which table.</param>
/// <param name="Question">Name of the question that it answers.</param>
/// <param name="Row">The row, as the paper calls it.</param>
/// <param name="Dataset">The videos; empty where the table does not say.</param>
/// <param name="Printed">The entry, as printed.</param>
public sealed record PaperStudyRow(int Table, string Question, string Row, string Dataset, string Printed)
{
    /// <summary>Tables 3 and 5. What Table 5 prints as a percentage may be a share of one: the paper does not say more.</summary>
    public static IReadOnlyList<PaperStudyRow> All { get; } =
    [
        new(3, "realistic", "Ours/TATS", "TaichiHD", "93.00 / 7.00"),
        new(3, "realistic", "Ours/StyleGAN-V", "FaceForensics", "91.33 / 8.67"),
        new(3, "coherent", "Ours/TATS", "TaichiHD", "98.60 / 1.40"),
        new(3, "coherent", "Ours/StyleGAN-V", "FaceForensics", "93.20 / 6.80"),
        new(5, "repeated", "w/o Transition DM", "", "0.45"),
        new(5, "repeated", "with Transition DM", "", "0.02"),
    ];
}
