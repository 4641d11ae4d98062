using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Leo.Kernel.Wire;

namespace Leo.Kernel.Host;

/// <summary>The cells of this session, for front ends that let one search or recall them.</summary>
internal sealed class CellHistory
{
    private const int Most = 10_000;
    private readonly List<(int Number, string Code)> _cells = [];

    /// <summary>Adds a cell.</summary>
    public void Add(int number, string code)
    {
        if (_cells.Count == Most) _cells.RemoveAt(0);
        _cells.Add((number, code));
    }

    /// <summary>The answer to a <c>history_request</c>: the last ones, a range of numbers, or those that fit a pattern.</summary>
    public JsonObject Answer(WireMessage request)
    {
        IEnumerable<(int Number, string Code)> cells = _cells;
        switch (request.Text("hist_access_type"))
        {
            case "range":
                int start = request.Number("start", 0), stop = request.Number("stop", int.MaxValue);
                cells = cells.Where(c => c.Number >= start && c.Number < stop);
                break;
            case "search":
                var pattern = new Regex("^" + Regex.Escape(request.Text("pattern", "*")).Replace("\\*", ".*").Replace("\\?", ".") + "$",
                    RegexOptions.Singleline | RegexOptions.NonBacktracking);
                cells = cells.Where(c => pattern.IsMatch(c.Code));
                if (request.Flag("unique")) cells = cells.Reverse().DistinctBy(c => c.Code).Reverse();
                cells = cells.TakeLast(request.Number("n", Most));
                break;
            default:
                cells = cells.TakeLast(request.Number("n", Most));
                break;
        }
        return new JsonObject
        {
            ["status"] = "ok",
            ["history"] = new JsonArray([.. cells.Select(c => new JsonArray(1, c.Number, c.Code))]),
        };
    }
}
