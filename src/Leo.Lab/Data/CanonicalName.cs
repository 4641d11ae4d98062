using System.Text;
using ADRaffy.ENSNormalize;

namespace Leo.Lab.Data;

/// <summary>
/// Names of files by what they say, not by how it is written: macOS keeps letters and their accents apart (Unicode's form NFD), others
/// as one (NFC). .NET's <see cref="string.Normalize()"/> leaves names as they are where the system's tables are missing or switched off.
/// </summary>
internal static class CanonicalName
{
    /// <summary>Compares names by <see cref="Of"/>.</summary>
    public static IEqualityComparer<string> Comparer { get; } = EqualityComparer<string>.Create((a, b) => a == b || (a is not null && b is not null && Of(a) == Of(b)), n => Of(n).GetHashCode(StringComparison.Ordinal));

    /// <summary>The name in form NFC (Unicode Standard Annex 15).</summary>
    public static string Of(string name) => Ascii.IsValid(name) ? name : ENSNormalize.NF.NFC(name);
}
