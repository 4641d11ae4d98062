using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Leo.Kernel.Cells;

/// <summary>What could be written at a place in a cell.</summary>
internal static class Completion
{
    private const int Most = 400;

    /// <summary>Where the name being written starts, and how it could go on.</summary>
    public static (int Start, IReadOnlyList<CompletionItem> Items) At(Analysis code, string text, int position)
    {
        int start = position;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(text[start - 1])) start--;
        string prefix = text[start..position];
        var at = code.Root.FindToken(Math.Max(0, position - 1));
        if (at.IsKind(SyntaxKind.StringLiteralToken) || code.Root.FindTrivia(Math.Max(0, position - 1)).IsKind(SyntaxKind.SingleLineCommentTrivia))
            return (position, []);

        bool member = start > 0 && text[start - 1] == '.';
        var symbols = member ? Members(code, start - 1) : code.Model.LookupSymbols(Math.Min(start, code.Root.FullSpan.End)).Concat(Named(code, start));
        var items = symbols
            .Where(s => s.CanBeReferencedByName && Fits(s.Name, prefix) && s is not IMethodSymbol { MethodKind: MethodKind.Constructor })
            .GroupBy(s => s.Name, StringComparer.Ordinal)
            .Select(g => new CompletionItem(g.Key, KindOf(g.First())));
        if (!member && prefix.Length > 0)
            items = items.Concat(Keywords().Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => new CompletionItem(k, "keyword")));
        return (start, [.. items.OrderByDescending(i => i.Text.StartsWith(prefix, StringComparison.Ordinal)).ThenBy(i => i.Text, StringComparer.OrdinalIgnoreCase).Take(Most)]);
    }

    private static bool Fits(string name, string prefix) => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) || Humps(name).StartsWith(prefix, StringComparison.Ordinal) && prefix.Length > 1;

    // WL finds WriteLine.
    private static string Humps(string name) => string.Concat(name.Where(char.IsUpper));

    private static IEnumerable<ISymbol> Members(Analysis code, int dot)
    {
        var left = code.Root.FindToken(dot).Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            QualifiedNameSyntax name => name.Left,
            MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        if (left is null) return [];
        var symbol = code.Model.GetSymbolInfo(left).Symbol;
        if (symbol is INamespaceOrTypeSymbol container)
            return code.Model.LookupSymbols(dot + 1, container).Where(s => s.IsStatic || s is INamespaceOrTypeSymbol or IFieldSymbol { IsConst: true });
        return code.Model.GetTypeInfo(left).Type is { } type
            ? code.Model.LookupSymbols(dot + 1, type, includeReducedExtensionMethods: true).Where(s => !s.IsStatic || s is IMethodSymbol { IsExtensionMethod: true })
            : [];
    }

    // Names that only fit here: parameters of the call, and properties of the object that is being initialised.
    private static IEnumerable<ISymbol> Named(Analysis code, int position)
    {
        var node = code.Root.FindToken(Math.Max(0, position - 1)).Parent;
        if (node?.FirstAncestorOrSelf<InitializerExpressionSyntax>() is { Parent: BaseObjectCreationExpressionSyntax creation }
            && code.Model.GetTypeInfo(creation).Type is { } created)
        {
            return code.Model.LookupSymbols(position, created).Where(s => s is IPropertySymbol { IsReadOnly: false } or IFieldSymbol && !s.IsStatic);
        }

        if (node?.FirstAncestorOrSelf<ArgumentListSyntax>() is { Parent: { } call })
        {
            var info = code.Model.GetSymbolInfo(call);
            return info.CandidateSymbols.Append(info.Symbol).OfType<IMethodSymbol>().SelectMany(m => m.Parameters);
        }
        return [];
    }

    private static IEnumerable<string> Keywords() =>
        SyntaxFacts.GetKeywordKinds().Concat(SyntaxFacts.GetContextualKeywordKinds()).Select(SyntaxFacts.GetText).Where(k => !k.StartsWith("__", StringComparison.Ordinal));

    private static string KindOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol => "function",
        IPropertySymbol => "property",
        INamespaceSymbol => "module",
        INamedTypeSymbol { TypeKind: TypeKind.Enum } => "enum",
        ITypeSymbol { TypeKind: TypeKind.Interface } => "interface",
        ITypeSymbol => "class",
        IParameterSymbol => "param",
        _ => "instance",
    };
}
