using System.Text.RegularExpressions;
using Leo.Lab.Media;

namespace Leo.Lab.Tests.Display;

/// <summary>What the tests of this folder share.</summary>
internal static class Shown
{
    public const string Hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&";

    public static Image Image(int height = 4, int width = 6) => new(height, width, [.. Enumerable.Range(0, height * width * 3).Select(i => (byte)(i * 7))]);

    public static Video Video(int frames = 3, int side = 16) =>
        new(frames, side, side, 12.5, [.. Enumerable.Range(0, frames * side * side * 3).Select(i => (byte)(i * 3))]);

    /// <summary>The markup without our own scripts and styles: what is left must hold no element that text brought along.</summary>
    public static string WithoutScripts(string html) => Regex.Replace(html, "<(script|style)[^>]*>.*?</\\1>", "", RegexOptions.Singleline);

    /// <summary>Asserts that hostile text came out as text.</summary>
    public static void AssertEncoded(string html)
    {
        Assert.DoesNotContain("alert(1)</script>", html);
        Assert.DoesNotContain("<img src=x", html);
        Assert.DoesNotContain("<script>alert", html);
        Assert.Contains("alert(1)", html);
    }
}
