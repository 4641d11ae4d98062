namespace Leo.Kernel.Cells;

/// <summary>A package that a cell asks for.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Version">Its version or range; <c>*</c> is the newest.</param>
internal sealed record PackageRequest(string Id, string Version);

/// <summary>What packages brought.</summary>
/// <param name="Assemblies">The assemblies of all of them, and of what they need.</param>
/// <param name="Named">Of these, those of the packages that the cell names.</param>
internal sealed record ResolvedPackages(IReadOnlyList<string> Assemblies, IReadOnlyList<string> Named);
