namespace Leo.Lab.Checkpoints;

/// <summary>Shapes as text.</summary>
public static class Shapes
{
    /// <summary><c>[2, 3]</c>.</summary>
    public static string Text(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";
}
