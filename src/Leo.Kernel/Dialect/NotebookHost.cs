using Microsoft.DotNet.Interactive.Formatting;

namespace Leo.Kernel.Dialect;

/// <summary>
/// What the kernel offers to libraries that do not reference it, as data of <see cref="AppContext"/>: delegates of types that every
/// library has. A library that finds none runs somewhere else.
/// </summary>
internal static class NotebookHost
{
    /// <summary>A <see cref="Func{CancellationToken}"/>: the token that the stop button of the running cell cancels.</summary>
    public const string InterruptedKey = "Leo.Notebook.Interrupted";

    /// <summary>A <c>Func&lt;object, Action&lt;object&gt;&gt;</c>: shows a value and returns what replaces it in place.</summary>
    public const string ShowKey = "Leo.Notebook.Show";

    private static ICellOutput? _output;

    /// <summary>The kernel's output.</summary>
    /// <exception cref="InvalidOperationException">No kernel runs in this process.</exception>
    public static ICellOutput Output => _output ?? throw new InvalidOperationException("There is no notebook in this process.");

    /// <summary>Starts offering.</summary>
    public static void Offer(ICellOutput output, Func<CancellationToken> interrupted)
    {
        _output = output;
        AppContext.SetData(InterruptedKey, interrupted);
        AppContext.SetData(ShowKey, (Func<object, Action<object>>)Show);
        Formatter.DefaultMimeType = HtmlFormatter.MimeType;
        Formatter.SetPreferredMimeTypesFor(typeof(string), PlainTextFormatter.MimeType);
    }

    private static Action<object> Show(object value)
    {
        var shown = new DisplayedValue(value, []);
        return shown.Update;
    }
}
