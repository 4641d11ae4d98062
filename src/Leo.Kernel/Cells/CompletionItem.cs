namespace Leo.Kernel.Cells;

/// <summary>A name that could be written.</summary>
/// <param name="Text">The name.</param>
/// <param name="Kind">What it names, as Jupyter's front ends draw it.</param>
internal sealed record CompletionItem(string Text, string Kind);
