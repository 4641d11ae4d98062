using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Leo.Lab.Display.Plots;

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

/// <summary>
/// What a page of ours may do, as browsers enforce it: run the scripts that are ours, known by their hashes, and show what is inside the
/// file. Nothing is fetched or sent, whatever text got into it.
/// </summary>
internal static class ContentPolicy
{
    private static readonly string[] Scripts = [PlayerParts.Script, PlotlyScripts.Load, PlotlyScripts.Draw];

    /// <summary>The policy of a page.</summary>
    /// <param name="figures">Whether figures are on it, which bring plotly.js along.</param>
    public static string For(bool figures)
    {
        var allowed = Scripts.Select(s => Hash(s["<script>".Length..^"</script>".Length]));
        if (figures)
            allowed = allowed.Append(Hash(PlotlyScripts.Wrapped));
        return $"default-src 'none'; script-src {string.Join(' ', allowed)}; style-src 'unsafe-inline'; img-src data: blob:; media-src data: blob:; font-src data:; "
            + "connect-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'";
    }

    private static string Hash(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";
}

/// <summary>How large small frames are shown: every pixel a square of whole screen pixels, so that they stay crisp.</summary>
internal static class Zooms
{
    /// <summary>Side that small pictures are enlarged to at most.</summary>
    public const int Side = 256;

    /// <summary>The zoom asked for, or the largest whole one that keeps within <paramref name="side"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A zoom below 1.</exception>
    public static int For(int height, int width, int? asked, int side = Side)
    {
        if (asked is { } zoom)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(zoom);
        return asked ?? Math.Max(1, side / Math.Max(height, width));
    }
}
