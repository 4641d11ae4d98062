using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Leo.Kernel.Cells;

/// <summary>A line of code that begins with <c>#</c> and is one to the compiler's lexer: none inside a string, a comment, or what <c>#if</c> leaves out.</summary>
/// <param name="Text">The line without its indentation.</param>
/// <param name="Line">Its number, from 0.</param>
/// <param name="Span">Where it stands, without the line's end.</param>
internal readonly record struct Directive(string Text, int Line, TextSpan Span)
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>The directives of a text in order, read as far as they are asked for.</summary>
    /// <param name="source">The text.</param>
    /// <param name="start">Where reading begins: the start of a line outside of strings and comments.</param>
    public static IEnumerable<Directive> In(SourceText source, int start = 0)
    {
        string text = source.ToString();
        foreach (var token in SyntaxFactory.ParseTokens(text, start, start, Script))
        {
            foreach (var trivia in token.LeadingTrivia.Concat(token.TrailingTrivia))
            {
                if (!trivia.IsDirective || trivia.GetStructure() is not DirectiveTriviaSyntax { IsActive: true }) continue;
                var line = source.Lines.GetLineFromPosition(trivia.SpanStart);
                // Behind code or a comment the compiler refuses it; the line is not the kernel's.
                if (!text.AsSpan(line.Start, trivia.SpanStart - line.Start).Trim('\uFEFF').IsWhiteSpace()) continue;
                yield return new(text[trivia.SpanStart..line.End].TrimEnd(), line.LineNumber, line.Span);
            }
        }
    }

    /// <summary>Whether a string, a comment or an <c>#if</c> is still open where the text ends.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where reading begins, see <see cref="In"/>.</param>
    public static bool IsOpen(string text, int start)
    {
        // CS1035 */, CS1039 @", CS8997 """, CS1027 #endif, CS8076 }, CS8967 $@" in a hole; CS1040 and CS1056: a # behind code, which hides those below.
        string[] open = ["CS1035", "CS1039", "CS8997", "CS1027", "CS8076", "CS8967", "CS1040", "CS1056"];
        return CSharpSyntaxTree.ParseText(text[start..], Script).GetDiagnostics().Any(d => open.Contains(d.Id));
    }
}
