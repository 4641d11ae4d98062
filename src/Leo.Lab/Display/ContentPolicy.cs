using System.Security.Cryptography;
using System.Text;
using Leo.Lab.Display.Plots;

namespace Leo.Lab.Display;

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
