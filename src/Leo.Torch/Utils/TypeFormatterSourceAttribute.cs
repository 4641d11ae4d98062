namespace TorchSharp;

/// <summary>
/// Tells notebooks how a type shows itself. .NET Interactive, and every kernel that uses its formatters, finds the attribute by its name.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A type with <c>CreateTypeFormatters()</c>.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>Forms to show, the best first.</summary>
    public string[] PreferredMimeTypes { get; set; } = [TensorFormatters.Html, TensorFormatters.Plain];
}
