namespace Leo.Kernel.Host;

/// <summary>Jupyter counts Unicode code points, .NET UTF-16 units.</summary>
internal static class TextPositions
{
    /// <summary>The UTF-16 index of a count of code points; the text's end where there are fewer.</summary>
    public static int ToUtf16(string text, int codePoints)
    {
        int at = 0;
        for (; codePoints > 0 && at < text.Length; codePoints--) at += IsPair(text, at) ? 2 : 1;
        return at;
    }

    /// <summary>The count of code points before a UTF-16 index.</summary>
    public static int ToCodePoints(string text, int utf16)
    {
        int count = 0;
        for (int at = 0; at < utf16 && at < text.Length; at += IsPair(text, at) ? 2 : 1) count++;
        return count;
    }

    private static bool IsPair(string text, int at) => char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
}
