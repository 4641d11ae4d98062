using System.Globalization;
using System.Text;

namespace Leo.Lab.Media;

/// <summary>Lines of text as small pictures, for the labels of sheets: ffmpeg's <c>drawtext</c> sets them, all in one run.</summary>
internal static class TextStrips
{
    /// <summary>Draws each text on a strip of its own, all on one baseline, dark on white.</summary>
    /// <param name="texts">One line each, any characters; what does not fit is cut off at the right.</param>
    /// <param name="width">Columns of a strip.</param>
    /// <param name="height">Rows of a strip; letters get seven tenths of it.</param>
    /// <returns>As many pictures as texts.</returns>
    /// <exception cref="MediaException">ffmpeg is missing, or was built without text.</exception>
    public static IReadOnlyList<Image> Draw(IReadOnlyList<string> texts, int width, int height)
    {
        if (texts.Count == 0)
            return [];
        var filter = new StringBuilder();
        for (int i = 0; i < texts.Count; i++)
        {
            if (texts[i].Length == 0)
                continue;
            filter.Append(filter.Length > 0 ? "," : "");
            filter.Append(CultureInfo.InvariantCulture, $"drawtext=expansion=none:fontsize={height * 7 / 10}:fontcolor=0x202428:x=3");
            filter.Append(CultureInfo.InvariantCulture, $":y={(i * height) + (height * 3 / 4)}-ascent:text={Escape(texts[i])}");
        }

        byte[] all = Run(filter.Length > 0 ? filter.ToString() : "null", width, height * texts.Count);
        int bytes = width * height * 3;
        return [.. Enumerable.Range(0, texts.Count).Select(i => new Image(height, width, all[(i * bytes)..((i + 1) * bytes)]))];
    }

    // Twice: once for the option's value, once for the description of the filters that holds it.
    internal static string Escape(string text) => Escape(Escape(text, @"\':"), @"\'[],;");

    private static string Escape(string text, string special)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
            escaped.Append(special.Contains(c) ? "\\" : "").Append(c);
        return escaped.ToString();
    }

    private static byte[] Run(string filter, int width, int height)
    {
        using var process = FfmpegProcess.Start("ffmpeg",
        [
            "-v", "error", "-f", "lavfi", "-i", string.Create(CultureInfo.InvariantCulture, $"color=c=white:s={width}x{height}:d=1:r=1,format=rgb24"),
            "-vf", filter, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1",
        ]);
        using var bytes = new MemoryStream();
        process.Output.CopyTo(bytes);
        if (process.WaitForExit() == 0 && bytes.Length == 3L * width * height)
            return bytes.ToArray();

        string why = process.Errors.FirstOrDefault(e => e.Contains("No such filter", StringComparison.Ordinal) || e.Contains("font", StringComparison.OrdinalIgnoreCase))
            ?? process.Errors.LastOrDefault() ?? "it ended early";
        throw new MediaException("ffmpeg", $"labels cannot be drawn ({MediaErrors.OneLine(why)})",
            "Install an ffmpeg with drawtext (libfreetype, fontconfig) and a font, or write to .safetensors, which has no labels");
    }
}
