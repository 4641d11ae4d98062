using System.Text.Json.Nodes;

namespace Leo.Kernel.Dialect;

/// <summary><c>x.Display()</c>.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value in the forms that its type prefers, or in those asked for.</summary>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => new(value, mimeTypes);

    /// <summary>Shows text that already is of a media type.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType) =>
        new(new JsonObject { [mimeType] = MimeBundle.Form(mimeType, value) }, mimeType);
}
