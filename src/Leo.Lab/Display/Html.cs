using System.Globalization;
using System.Net;

namespace Leo.Lab.Display;

/// <summary>What everything that is shown has in common: encoding, data addresses, and a frame with its style.</summary>
internal static class Html
{
    // Hosts differ in how they say that they are dark, so everything is mixed from the text's own colour; VS Code and JupyterLab
    // name theirs, elsewhere it is the page's. Two classes, because hosts style tables and buttons of their own by one.
    private const string BaseStyle = """
        .leo.leo{font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--vscode-editor-foreground,var(--jp-content-font-color1,inherit));max-width:100%;margin:.5em 0 1em;
        --leo-line:color-mix(in srgb,currentColor 18%,transparent);--leo-card:color-mix(in srgb,currentColor 6%,transparent);--leo-accent:var(--vscode-charts-blue,var(--jp-brand-color1,#3f87cf))}
        .leo.leo .leo-soft{color:color-mix(in srgb,currentColor 66%,transparent);font-size:.88em;max-width:46em;margin:.35em 0 0}
        """;

    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    public static string DataUri(string mimeType, byte[] bytes) => $"data:{mimeType};base64,{Convert.ToBase64String(bytes)}";

    public static string Number(double value, string format = "0.######") => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A block with its style in it, so that it looks right wherever it is put.</summary>
    /// <param name="style">Rules beyond the common ones.</param>
    /// <param name="body">Markup.</param>
    /// <param name="kind">A class beside <c>leo</c>. <value>Default none.</value></param>
    /// <param name="attributes">Further attributes. <value>Default none.</value></param>
    public static string Block(string style, string body, string kind = "", string attributes = "") =>
        $"<div class=\"leo{(kind.Length > 0 ? " " : "")}{kind}\"{(attributes.Length > 0 ? " " : "")}{attributes}><style>{BaseStyle}{style}</style>{body}</div>";

    /// <summary>A line under a picture; nothing for no text.</summary>
    public static string Caption(string text) => text.Length == 0 ? "" : $"<p class=\"leo-soft\">{Encode(text)}</p>";
}
