namespace Leo.Fuzz;

/// <summary>An input that something could not cope with.</summary>
/// <param name="Target">What read it.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Number">Number of the input: target, seed and number make it again.</param>
/// <param name="What">An exception without a type of ours, a hang, a crash, or a file where none may be.</param>
internal sealed record FuzzFinding(string Target, long Seed, long Number, string What);
