using System.Text;
using System.Text.Json.Nodes;

namespace Leo.Kernel.Host;

/// <summary><c>Console.Out</c> or <c>Console.Error</c> of cells: gathered for a moment, then sent under the cell that wrote it.</summary>
internal sealed class CellStream(Publisher publisher, string name, Func<CellScope, OutputBudget> budget) : TextWriter
{
    private const int FlushAt = 64 << 10;
    private readonly StringBuilder _text = new();
    private readonly Lock _lock = new();
    private CellScope? _scope;

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Append([value]);

    public override void Write(string? value) => Append(value);

    public override void Write(char[] buffer, int index, int count) => Append(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Append(buffer);

    public override void WriteLine() => Append("\n");

    public override void WriteLine(string? value) => Append(value + "\n");

    public override void Flush()
    {
        // See Publisher: no cell is aborted in here.
        try
        {
        }
        finally
        {
            lock (_lock) Send();
        }
    }

    /// <summary>Sends what a cell wrote, and the end of what was too much.</summary>
    public void Finish(CellScope scope)
    {
        lock (_lock)
        {
            Send();
            _scope = scope;
            if (budget(scope).TakeEnd() is { } end) _text.Append(end);
            Send();
        }
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return;
        var scope = CellScope.Current;
        try
        {
        }
        finally
        {
            lock (_lock)
            {
                if (scope != _scope) Send();
                _scope = scope;
                _text.Append(scope is null ? text : text[..budget(scope).Admit(text)]);
                if (_text.Length >= FlushAt) Send();
            }
        }
    }

    private void Send()
    {
        if (_text.Length == 0) return;
        publisher.Publish("stream", new JsonObject { ["name"] = name, ["text"] = _text.ToString() }, _scope?.Request);
        _text.Clear();
    }
}
