namespace Leo.Lab.Checkpoints;

/// <summary>A tensor in a file.</summary>
/// <param name="Name">Its name, with prefix.</param>
/// <param name="Type">Element type as the format writes it: F32, I64, …</param>
/// <param name="Shape">Its shape.</param>
public sealed record TensorSummary(string Name, string Type, IReadOnlyList<long> Shape);
