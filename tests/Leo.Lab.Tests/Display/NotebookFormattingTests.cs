using Leo.Lab.Display;
using Microsoft.DotNet.Interactive.Formatting;

namespace Leo.Lab.Tests.Display;

/// <summary>With the formatters that kernels use, without any call before: the types tell how they are shown.</summary>
public class NotebookFormattingTests
{
    public static TheoryData<object, string, string> Values => new()
    {
        { Shown.Image(), "<img class=\"leo-crisp\"", "picture, 6×4" },
        { Shown.Video(), "<video class=\"leo-crisp\"", "video, 3 frames of 16×16 at 12.5 a second" },
        { new Picture(Shown.Image()), "<img ", "picture, 6×4" },
        { new VideoPlayer(Shown.Video()), "<video ", "video, 3 frames of 16×16 at 12.5 a second" },
        { new Gallery().Add(Shown.Image()), "<figure ", "picture, 6×4" },
        { new Table("a").Add(1), "<table>", "a\n─\n1" },
        { new Figure().Line([1, 2], "loss"), "leo-figure", "figure: line loss" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void ToDisplayString_OurTypes_HaveBothForms(object value, string html, string plain)
    {
        Assert.Contains(html, value.ToDisplayString("text/html"));
        Assert.Equal(plain, value.ToDisplayString("text/plain"));
        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(value.GetType()));
    }
}
