using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Leo.Kernel.Cells;

/// <summary>What a name in a cell means: its signature, and what its library's documentation says.</summary>
internal static class Inspection
{
    private static readonly SymbolDisplayFormat Signature = SymbolDisplayFormat.CSharpErrorMessageFormat
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeContainingType)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeDefaultValue);

    /// <summary>The text for the name at a place, or null where there is none.</summary>
    public static string? At(Analysis code, string text, int position)
    {
        if (text.Length == 0) return null;
        // Just behind a name, or behind its opening parenthesis, the name is meant.
        int at = Math.Clamp(position, 0, text.Length);
        while (at > 0 && (at == text.Length || !IsName(text[at])) && !IsName(text[at - 1]) && text[at - 1] is '(' or ' ' or ')') at--;
        var token = code.Root.FindToken(Math.Clamp(at < text.Length && IsName(text[at]) ? at : at - 1, 0, text.Length - 1));
        if (token.Parent is not { } node) return null;
        var info = code.Model.GetSymbolInfo(node);
        IReadOnlyList<ISymbol> symbols = info.Symbol is { } one ? [one] : info.CandidateSymbols.Length > 0 ? info.CandidateSymbols
            : (code.Model.GetDeclaredSymbol(node) ?? code.Model.GetTypeInfo(node).Type) is { } other ? [other] : [];
        symbols = [.. symbols.Where(s => s is not IErrorTypeSymbol)];
        if (symbols.Count == 0) return null;
        var answer = new StringBuilder();
        foreach (var symbol in symbols.Take(8)) answer.AppendLine(symbol.ToDisplayString(Signature));
        if (Documentation(code.Compilation, symbols[0]) is { } documentation) answer.AppendLine().AppendLine(documentation);
        return answer.ToString().TrimEnd();
    }

    private static bool IsName(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static string? Documentation(Compilation compilation, ISymbol symbol)
    {
        if (symbol.OriginalDefinition.GetDocumentationCommentId() is not { } id || symbol.ContainingAssembly is not { } assembly
            || compilation.GetMetadataReference(assembly) is not PortableExecutableReference { FilePath: { } file })
        {
            return null;
        }

        string path = Path.ChangeExtension(file, ".xml");
        if (!File.Exists(path)) return null;
        try
        {
            // A few megabytes at most, read only when somebody asks.
            var member = XDocument.Load(path).Descendants("member").FirstOrDefault(m => (string?)m.Attribute("name") == id);
            if (member is null) return null;
            var parts = member.Elements().Select(e => e.Name.LocalName switch
            {
                "summary" => Text(e),
                "param" => $"{(string?)e.Attribute("name")}: {Text(e)}",
                "returns" => $"returns: {Text(e)}",
                "value" => $"value: {Text(e)}",
                "exception" => $"throws {((string?)e.Attribute("cref"))?.Split(':', '.').Last()}: {Text(e)}",
                _ => "",
            });
            return string.Join('\n', parts.Where(p => p.Length > 0));
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Text(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.DescendantNodes())
        {
            if (node is XText plain) text.Append(plain.Value);
            else if (node is XElement { IsEmpty: true } empty)
                text.Append(((string?)empty.Attribute("cref") ?? (string?)empty.Attribute("name") ?? (string?)empty.Attribute("langword"))?.Split(':', '.').Last());
        }
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
