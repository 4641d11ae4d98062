using System.Globalization;
using System.Text.RegularExpressions;

namespace Leo.Lab.Media;

/// <summary>Writes numbered PNG files into a folder, beginning with 0; they appear there only when all are written.</summary>
internal sealed partial class PngSequence : IFrameWriter
{
    private readonly string path;
    private readonly int width;
    private readonly int height;
    private readonly string folder;
    private readonly string pattern;
    private readonly string temporary;
    private int count;

    public PngSequence(string path, int width, int height)
    {
        (this.path, this.width, this.height) = (path, width, height);
        var full = Path.GetFullPath(path);
        var isPattern = Number().IsMatch(Path.GetFileName(full));
        folder = isPattern ? Path.GetDirectoryName(full)! : Path.TrimEndingDirectorySeparator(full);
        pattern = isPattern ? Path.GetFileName(full) : "%05d.png";
        temporary = $"{folder}.{Guid.NewGuid():N}.part";
        Try(() => Directory.CreateDirectory(temporary));
    }

    /// <summary>True for <c>folder</c>, <c>folder/</c> and <c>folder/name%05d.png</c>.</summary>
    public static bool IsSequence(string path) =>
        Path.GetExtension(path).Length == 0
        || (Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase) && Number().IsMatch(Path.GetFileName(path)));

    public void Write(ReadOnlySpan<byte> rgb)
    {
        var digits = Number().Match(pattern);
        var number = count++.ToString(CultureInfo.InvariantCulture).PadLeft(digits.Groups[1].Length == 0 ? 1 : int.Parse(digits.Groups[1].Value, CultureInfo.InvariantCulture), '0');
        var name = pattern[..digits.Index] + number + pattern[(digits.Index + digits.Length)..];
        var png = PngEncoder.Encode(height, width, rgb);
        Try(() => File.WriteAllBytes(Path.Combine(temporary, name), png));
    }

    public void Complete() => Try(() =>
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(temporary).ToList())
            File.Move(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
    });

    public void Dispose()
    {
        if (Directory.Exists(temporary))
            Try(() => Directory.Delete(temporary, recursive: true));
    }

    [GeneratedRegex("%0?([0-9]?)d")]
    private static partial Regex Number();

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MediaErrors.Unwritable(path, e.Message);
        }
    }
}
