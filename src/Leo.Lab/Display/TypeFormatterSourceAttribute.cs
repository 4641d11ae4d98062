namespace Leo.Lab.Display;

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
