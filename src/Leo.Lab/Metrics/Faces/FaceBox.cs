namespace Leo.Lab.Metrics.Faces;

/// <summary>A rectangle of a picture, in pixels.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct FaceBox(double X, double Y, double Width, double Height)
{
    /// <summary>The whole pixels of it that lie inside a picture, as face-api rounds them; null where there are none.</summary>
    internal (long X, long Y, long Width, long Height)? Inside(long imageWidth, long imageHeight)
    {
        double x = Math.Max(X, 0), y = Math.Max(Y, 0);
        double width = Math.Min(X + Width - x, imageWidth - x), height = Math.Min(Y + Height - y, imageHeight - y);
        var whole = ((long)Math.Floor(x), (long)Math.Floor(y), (long)Math.Floor(width), (long)Math.Floor(height));
        return whole.Item3 > 0 && whole.Item4 > 0 ? whole : null;
    }
}
