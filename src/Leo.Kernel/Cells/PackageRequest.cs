namespace Leo.Kernel.Cells;

/// <summary>A package that a cell asks for.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Version">Its version or range; <c>*</c> is the newest.</param>
internal sealed record PackageRequest(string Id, string Version);
