using System.Globalization;
using System.Text;

namespace Leo.Kernel.Host;

/// <summary>Bounds what one cell prints: the beginning and the end are shown, what lies between is counted.</summary>
internal sealed class OutputBudget
{
    /// <summary>Characters of the beginning. No front end and no notebook file stands much more.</summary>
    public const int Most = 4 << 20;

    private const int Tail = 16 << 10;
    private readonly StringBuilder _tail = new();
    private long _shown, _leftOut;

    /// <summary>How many characters of <paramref name="text"/> are still shown; the rest is kept back.</summary>
    public int Admit(ReadOnlySpan<char> text)
    {
        int admitted = (int)Math.Min(text.Length, Math.Max(0, Most - _shown));
        _shown += admitted;
        var rest = text[admitted..];
        if (rest.Length > 0) KeepBack(rest);
        return admitted;
    }

    /// <summary>What was kept back, to be shown when the cell has ended; null where nothing was.</summary>
    public string? TakeEnd()
    {
        if (_tail.Length == 0) return null;
        string note = _leftOut == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n… {_leftOut:N0} characters left out …\n");
        string end = note + _tail;
        _tail.Clear();
        _leftOut = 0;
        return end;
    }

    private void KeepBack(ReadOnlySpan<char> text)
    {
        if (text.Length > Tail)
        {
            _leftOut += text.Length - Tail;
            text = text[^Tail..];
        }
        _tail.Append(text);
        // Twice as much is gathered before the front is cut off, so that short writes stay cheap.
        if (_tail.Length > 2 * Tail)
        {
            int cut = _tail.Length - Tail;
            _leftOut += cut;
            _tail.Remove(0, cut);
        }
    }
}
