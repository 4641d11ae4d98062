using Leo.Lab.Media;

namespace Leo.Lab.Display;

/// <summary>Both forms of everything that Leo.Lab shows; notebooks make one by reflection (<see cref="TypeFormatterSourceAttribute"/>).</summary>
internal sealed class ShownFormatters
{
    public const string Html = "text/html", Plain = "text/plain";

    public IEnumerable<object> CreateTypeFormatters() =>
        [new ShownFormatter(Html, value => Shown(value)?.ToHtml()), new ShownFormatter(Plain, value => Shown(value)?.ToString())];

    /// <summary>How a value shows itself; null for types that are not ours.</summary>
    public static IShown? Shown(object? value) => value switch
    {
        IShown shown => shown,
        Video video => new VideoPlayer(video),
        Image image => new Picture(image),
        _ => null,
    };

    /// <summary>One form; the shape of this class is what notebooks look for.</summary>
    private sealed class ShownFormatter(string mimeType, Func<object?, string?> form)
    {
        public string MimeType { get; } = mimeType;

        public bool Format(object? instance, TextWriter writer)
        {
            if (form(instance) is not { } text)
                return false;
            writer.Write(text);
            return true;
        }
    }
}
