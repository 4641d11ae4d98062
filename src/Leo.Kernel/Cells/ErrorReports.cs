using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Leo.Kernel.Cells;

/// <summary>Turns errors of compiler and code into reports that show the cell's line.</summary>
internal sealed partial class ErrorReports
{
    private const int Around = 2, RememberedCells = 2000, MostCompilerErrors = 10;
    private readonly Dictionary<string, string[]> _cells = [];
    private readonly Queue<string> _order = new();

    /// <summary>The name that a cell's code goes by in stack traces.</summary>
    public static string NameOf(int number) => $"Cell[{number}]";

    /// <summary>Remembers the code of a cell, to show lines of it.</summary>
    public void Remember(int number, string code)
    {
        string name = NameOf(number);
        if (!_cells.ContainsKey(name)) _order.Enqueue(name);
        _cells[name] = code.Split('\n');
        if (_order.Count > RememberedCells) _cells.Remove(_order.Dequeue());
    }

    /// <summary>The report of what the compiler found.</summary>
    public CellError Compilation(IReadOnlyList<Diagnostic> errors)
    {
        var traceback = new List<string>();
        foreach (var error in errors.Take(MostCompilerErrors))
        {
            var span = error.Location.GetMappedLineSpan();
            int line = span.StartLinePosition.Line, column = span.StartLinePosition.Character;
            traceback.Add($"{CellError.Red}{span.Path}, line {line + 1}, column {column + 1}: error {error.Id}: {error.GetMessage()}{CellError.Reset}");
            if (_cells.TryGetValue(span.Path, out string[]? code) && line < code.Length)
            {
                traceback.Add($"{line + 1,5}  {code[line].TrimEnd()}");
                traceback.Add(new string(' ', 7 + column) + "^");
            }
        }
        if (errors.Count > MostCompilerErrors) traceback.Add($"and {errors.Count - MostCompilerErrors} more errors");
        LinePosition first = new(errors[0]);
        return new("CompilationError", $"({first.Line},{first.Column}): error {errors[0].Id}: {errors[0].GetMessage()}", traceback, first.Line);
    }

    /// <summary>The report of an exception that a cell threw.</summary>
    /// <param name="thrown">The exception.</param>
    /// <param name="number">The cell that was running.</param>
    public CellError Exception(Exception thrown, int number)
    {
        while (thrown is TargetInvocationException or AggregateException { InnerExceptions.Count: 1 } && thrown.InnerException is { } inner) thrown = inner;
        var traceback = new List<string> { $"{CellError.Red}{thrown.GetType().FullName}: {thrown.Message}{CellError.Reset}" };
        var places = Places(thrown);
        if (places.Count > 0) traceback.AddRange(Excerpt(places[0].Name, places[0].Line));
        for (var e = thrown; e is not null; e = e.InnerException)
        {
            if (e != thrown) traceback.Add($"caused by {e.GetType().FullName}: {e.Message}");
            traceback.AddRange(Frames(e));
        }
        string running = NameOf(number);
        int line = places.FirstOrDefault(p => p.Name == running).Line;
        return new(thrown.GetType().FullName ?? thrown.GetType().Name, thrown.Message, traceback, line > 0 ? line : null);
    }

    // The cells' lines on the stack, innermost first.
    private List<(string Name, int Line)> Places(Exception thrown) =>
    [
        .. new StackTrace(thrown, fNeedFileInfo: true).GetFrames()
            .Select(f => (Name: Path.GetFileName(f.GetFileName()) ?? "", Line: f.GetFileLineNumber()))
            .Where(p => p.Line > 0 && _cells.ContainsKey(p.Name)),
    ];

    private IEnumerable<string> Excerpt(string cell, int line)
    {
        string[] code = _cells[cell];
        yield return $"{cell}, line {line}";
        for (int i = Math.Max(1, line - Around); i <= Math.Min(code.Length, line + Around); i++)
        {
            string text = code[i - 1].TrimEnd();
            yield return i == line ? $"{CellError.Red}→{i,4}  {text}{CellError.Reset}" : $"{CellError.Faint}{i,5}  {text}{CellError.Reset}";
        }
    }

    private static IEnumerable<string> Frames(Exception e) =>
        (e.StackTrace ?? "").Split('\n')
            .Select(l => l.TrimEnd())
            .Where(l => l.Length > 0 && !l.StartsWith("--- End", StringComparison.Ordinal) && !l.Contains("Microsoft.CodeAnalysis.Scripting", StringComparison.Ordinal)
                && !l.Contains("Leo.Kernel.", StringComparison.Ordinal) && !l.Contains("System.Runtime.ControlledExecution", StringComparison.Ordinal))
            .Select(l => Folder().Replace(Submission().Replace(TopLevel().Replace(l, "the cell"), ""), "in $1"));

    [GeneratedRegex(@"Submission#\d+\.<<Initialize>>d__\d+\.MoveNext\(\)")]
    private static partial Regex TopLevel();

    // The compiler puts the notebook's folder before a cell's name.
    [GeneratedRegex(@"\bin \S.*(Cell\[\d+\])")]
    private static partial Regex Folder();

    [GeneratedRegex(@"Submission#\d+\.")]
    private static partial Regex Submission();

    private readonly struct LinePosition(Diagnostic diagnostic)
    {
        public int Line { get; } = diagnostic.Location.GetMappedLineSpan().StartLinePosition.Line + 1;

        public int Column { get; } = diagnostic.Location.GetMappedLineSpan().StartLinePosition.Character + 1;
    }
}
