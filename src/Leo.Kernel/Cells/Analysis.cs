using Microsoft.CodeAnalysis;

namespace Leo.Kernel.Cells;

/// <summary>The compiler's view of code.</summary>
/// <param name="Compilation">All of it.</param>
/// <param name="Model">Meaning of the cell.</param>
/// <param name="Root">Text of the cell.</param>
internal sealed record Analysis(Compilation Compilation, SemanticModel Model, SyntaxNode Root);
