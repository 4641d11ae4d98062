namespace Leo.Fuzz;

/// <summary>Words that harm where they are taken for more than words.</summary>
internal static class Hostile
{
    /// <summary>File that a command or a path of <see cref="Words"/> would make, were it obeyed.</summary>
    public const string Mark = "hacked";

    /// <summary>Paths, commands, markup, formats and characters.</summary>
    public static readonly string[] Words =
    [
        $"../{Mark}", $"../../{Mark}", $"../canary/{Mark}", $"..\\{Mark}", $"/tmp/../{Mark}", $"a/../../{Mark}", $"$(touch {Mark})", $"`touch {Mark}`",
        $"; touch {Mark} ;", $"| touch {Mark}", $"-o {Mark}", "-i", "--help", "concat:a|b", "http://127.0.0.1:9/x", "file:///etc/passwd", "pipe:0", "%03d.png", "%n%s",
        "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--", "\"'&", "\0", "a\0b", "\r\n", "\t", "\u2028", "\u202e", "\ufeff", "\ud83d\ude00",
        "", " ", ".", "..", "CON", "a/b", "__proto__", "__metadata__", "null", "NaN", "1e999", "é", new string('x', 300), new string('ü', 5000),
    ];
}
