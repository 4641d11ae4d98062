using System.Reflection;

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
        MethodInfo? display = current.GetType().Assembly.GetType($"{Interactive}.KernelInvocationContextExtensions")
            ?.GetMethod("Display", [current.GetType(), typeof(object), typeof(string[])]);
        object? shown = display?.Invoke(null, [current, value, Array.Empty<string>()]);
        MethodInfo? update = shown?.GetType().GetMethod("Update", [typeof(object)]);
        return update is null ? null : replacement => update.Invoke(shown, [replacement]);
    }

    private static object? Invocation() =>
        AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => a.GetName().Name == Interactive)
            ?.GetType($"{Interactive}.KernelInvocationContext")?.GetProperty("Current")?.GetValue(null);
}
