namespace Leo.Lab.Display;

/// <summary>A column of a <see cref="Table"/>.</summary>
/// <param name="Head">Its name.</param>
/// <param name="Best">Which number is set in bold. <value>Default none.</value></param>
/// <param name="Format">.NET format of its numbers; null shows four digits of the largest, whole numbers as such. <value>Default null.</value></param>
public sealed record TableColumn(string Head, Best Best = Best.None, string? Format = null)
{
    /// <summary>A column by its name alone.</summary>
    public static implicit operator TableColumn(string head) => new(head);
}
