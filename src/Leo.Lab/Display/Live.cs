namespace Leo.Lab.Display;

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
    private readonly Action<object> update;

    private Live(Action<object> update, bool inPlace) => (this.update, IsInPlace) = (update, inPlace);

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
        update(value);
    }

    private static void Write(object value) => Console.WriteLine(ShownFormatters.Shown(value)?.ToString() ?? value.ToString());
}
