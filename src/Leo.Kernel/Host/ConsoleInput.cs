namespace Leo.Kernel.Host;

/// <summary><c>Console.In</c> of cells: each line is asked for.</summary>
internal sealed class ConsoleInput(Func<string?> ask) : TextReader
{
    private string _rest = "";

    public override int Peek() => Fill() ? _rest[0] : -1;

    public override int Read()
    {
        if (!Fill()) return -1;
        char next = _rest[0];
        _rest = _rest[1..];
        return next;
    }

    public override string? ReadLine()
    {
        if (_rest.Length == 0) return ask();
        string line = _rest.TrimEnd('\n');
        _rest = "";
        return line;
    }

    private bool Fill()
    {
        if (_rest.Length == 0 && ask() is { } line) _rest = line + "\n";
        return _rest.Length > 0;
    }
}
