namespace Leo.Lab.Media;

/// <summary>A rectangle of whole pixels; the origin is the upper left corner of the picture as displayed.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct PixelBox(int X, int Y, int Width, int Height);
