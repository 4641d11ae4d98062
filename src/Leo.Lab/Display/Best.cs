namespace Leo.Lab.Display;

/// <summary>Which number of a column is the best one.</summary>
public enum Best
{
    /// <summary>None stands out.</summary>
    None,

    /// <summary>The smallest: errors, distances.</summary>
    Lowest,

    /// <summary>The largest: PSNR, accuracy.</summary>
    Highest,
}
