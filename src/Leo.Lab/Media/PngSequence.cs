using System.Globalization;
using System.Text.RegularExpressions;

namespace Leo.Lab.Media;

/// <summary>Writes numbered PNG files into a folder, beginning with 0; they appear there only when all are written.</summary>
internal sealed partial class PngSequence : IFrameWriter
{
    private readonly string _path;
    private readonly int _width;
    private readonly int _height;
    private readonly string _folder;
    private readonly string _pattern;
    private readonly string _temporary;
    private int _count;

    public PngSequence(string path, int width, int height)
    {
        (_path, _width, _height) = (path, width, height);
        string full = Path.GetFullPath(path);
        bool isPattern = Number().IsMatch(Path.GetFileName(full));
        _folder = isPattern ? Path.GetDirectoryName(full)! : Path.TrimEndingDirectorySeparator(full);
        _pattern = isPattern ? Path.GetFileName(full) : "%05d.png";
        _temporary = $"{_folder}.{Guid.NewGuid():N}.part";
        Try(() => Directory.CreateDirectory(_temporary));
    }

    /// <summary>True for <c>folder</c>, <c>folder/</c> and <c>folder/name%05d.png</c>.</summary>
    public static bool IsSequence(string path) =>
        Path.GetExtension(path).Length == 0
        || (Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase) && Number().IsMatch(Path.GetFileName(path)));

    public void Write(ReadOnlySpan<byte> rgb)
    {
        var digits = Number().Match(_pattern);
        string number = _count++.ToString(CultureInfo.InvariantCulture).PadLeft(digits.Groups[1].Length == 0 ? 1 : int.Parse(digits.Groups[1].Value, CultureInfo.InvariantCulture), '0');
        string name = _pattern[..digits.Index] + number + _pattern[(digits.Index + digits.Length)..];
        byte[] png = ImageFile.Png(_height, _width, rgb);
        Try(() => File.WriteAllBytes(Path.Combine(_temporary, name), png));
    }

    public void Complete() => Try(() =>
    {
        Directory.CreateDirectory(_folder);
        foreach (string? file in Directory.EnumerateFiles(_temporary).ToList())
            File.Move(file, Path.Combine(_folder, Path.GetFileName(file)), overwrite: true);
    });

    public void Dispose()
    {
        if (Directory.Exists(_temporary))
            Try(() => Directory.Delete(_temporary, recursive: true));
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
            throw MediaErrors.Unwritable(_path, e.Message);
        }
    }
}
