using System.Text.Json.Nodes;

namespace Leo.Kernel.Cells;

/// <summary>What a cell came to.</summary>
/// <param name="Data">Its value in every form, by media type; null where it has none.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
internal sealed record CellResult(JsonObject? Data, CellError? Error);
