using Leo.Lab.Media;

namespace Leo.Lab.Display;

/// <summary>The notebook that this code runs in, if it runs in one; the library knows no kernel, only what each of them offers.</summary>
/// <remarks>
/// Our kernel puts delegates into <see cref="AppContext"/>. .NET Interactive offers its current invocation, which is found by name.
/// Elsewhere – in programs and tests – nothing is offered, and nothing is ever interrupted.
/// </remarks>
public static class Notebook
{
    /// <summary>The variable that <see cref="Preset"/> reads: <c>LEO_PRESET</c>.</summary>
    public const string PresetVariable = "LEO_PRESET";

    private const string InterruptedKey = "Leo.Notebook.Interrupted", ShowKey = "Leo.Notebook.Show", Interactive = "Microsoft.DotNet.Interactive";

    /// <summary>
    /// Cancelled when the user presses the stop button while the present cell runs. A cell that has read it is asked to end and can save;
    /// one that has not is aborted. Pass it to whatever takes long: <c>loop.Run(Notebook.Interrupted)</c>.
    /// </summary>
    /// <value>Outside of a notebook <see cref="CancellationToken.None"/>.</value>
    public static CancellationToken Interrupted =>
        AppContext.GetData(InterruptedKey) is Func<CancellationToken> token ? token() : OfDotNetInteractive();

    /// <summary>The preset that notebooks are to use: <c>tiny</c>, <c>small</c> or <c>paper</c>.</summary>
    /// <value><c>tiny</c>, unless the environment says otherwise, as <c>leo notebook run --preset</c> makes it.</value>
    /// <exception cref="LeoException">It is none of them.</exception>
    public static string Preset => Environment.GetEnvironmentVariable(PresetVariable) switch
    {
        null or "" or "tiny" => "tiny",
        "small" => "small",
        "paper" => "paper",
        var other => throw new LeoException(PresetVariable, $"expected tiny, small or paper, found '{other}'", "Correct the environment variable, or unset it"),
    };

    /// <summary>Shows a value in the notebook and gives what replaces it in place; null outside of a notebook.</summary>
    internal static Action<object>? Show(object value) =>
        AppContext.GetData(ShowKey) is Func<object, Action<object>> show ? show(value) : ShowInDotNetInteractive(value);

    private static CancellationToken OfDotNetInteractive() =>
        Invocation() is { } current && current.GetType().GetProperty("CancellationToken")?.GetValue(current) is CancellationToken token ? token : CancellationToken.None;

    // Not its display(): what that returns has, since 2025, an Update that changes nothing.
    private static Action<object>? ShowInDotNetInteractive(object value)
    {
        if (Invocation() is not { } current)
            return null;
        var display = current.GetType().Assembly.GetType($"{Interactive}.KernelInvocationContextExtensions")
            ?.GetMethod("Display", [current.GetType(), typeof(object), typeof(string[])]);
        object? shown = display?.Invoke(null, [current, value, Array.Empty<string>()]);
        var update = shown?.GetType().GetMethod("Update", [typeof(object)]);
        return update is null ? null : replacement => update.Invoke(shown, [replacement]);
    }

    private static object? Invocation() =>
        AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => a.GetName().Name == Interactive)
            ?.GetType($"{Interactive}.KernelInvocationContext")?.GetProperty("Current")?.GetValue(null);
}

/// <summary>
/// Something that a notebook or page shows: a form in HTML that needs nothing from outside, and a plain one, which is
/// <see cref="object.ToString"/>.
/// </summary>
public interface IShown
{
    /// <summary>The HTML form, self-contained; whatever text the value holds is encoded in it.</summary>
    string ToHtml();
}

/// <summary>
/// Something shown that changes where it stands. It finds the host that it runs in: our kernel, .NET Interactive, or neither – then each
/// state is written to the console as plain text.
/// </summary>
/// <example><code>
/// var live = Live.Show(new Table("step", "loss"));
/// live.Update(new Table("step", "loss").Add(1, 0.5));
/// </code></example>
public sealed class Live
{
    private readonly Action<object> _update;

    private Live(Action<object> update, bool inPlace) => (_update, IsInPlace) = (update, inPlace);

    /// <summary>Whether an update takes the place of what was there; else it is written below it.</summary>
    public bool IsInPlace { get; }

    /// <summary>Shows the first state.</summary>
    /// <param name="value">Something of this library, or whatever the host can show.</param>
    public static Live Show(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (Notebook.Show(value) is { } update)
            return new Live(update, inPlace: true);
        Write(value);
        return new Live(Write, inPlace: false);
    }

    /// <summary>Shows the next state in its place.</summary>
    public void Update(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _update(value);
    }

    private static void Write(object value) => Console.WriteLine(ShownFormatters.Shown(value)?.ToString() ?? value.ToString());
}

/// <summary>Both forms of everything that Leo.Lab shows; notebooks make one by reflection (<see cref="TypeFormatterSourceAttribute"/>).</summary>
internal sealed class ShownFormatters
{
    public const string Html = "text/html", Plain = "text/plain";

    public IEnumerable<object> CreateTypeFormatters() =>
        [new ShownFormatter(Html, value => Shown(value)?.ToHtml()), new ShownFormatter(Plain, value => Shown(value)?.ToString())];

    /// <summary>How a value shows itself; null for types that are not ours.</summary>
    public static IShown? Shown(object? value) => value switch
    {
        IShown shown => shown,
        Video video => new VideoPlayer(video),
        Image image => new Picture(image),
        _ => null,
    };

    /// <summary>One form; the shape of this class is what notebooks look for.</summary>
    private sealed class ShownFormatter(string mimeType, Func<object?, string?> form)
    {
        public string MimeType { get; } = mimeType;

        public bool Format(object? instance, TextWriter writer)
        {
            if (form(instance) is not { } text)
                return false;
            writer.Write(text);
            return true;
        }
    }
}

/// <summary>
/// Tells notebooks how a type shows itself. .NET Interactive, and every kernel that uses its formatters, finds the attribute by its
/// name, so that a library needs neither a reference to them nor a call in the first cell.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A type with <c>CreateTypeFormatters()</c>.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>Forms to show, the best first.</summary>
    public string[] PreferredMimeTypes { get; set; } = [ShownFormatters.Html, ShownFormatters.Plain];
}
