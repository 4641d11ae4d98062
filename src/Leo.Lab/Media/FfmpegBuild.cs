using System.Globalization;
using System.Text.RegularExpressions;

namespace Leo.Lab.Media;

/// <summary>What the installed ffmpeg can do; asked once.</summary>
internal static partial class FfmpegBuild
{
    private static readonly Lazy<string> About = new(Ask);

    /// <summary>Frames go out as they come: none is left out, repeated or invented for the sake of a rate. Older programs know it by another name.</summary>
    public static string[] PassThrough => IsAtLeast(5, 1) ? ["-fps_mode", "passthrough"] : ["-vsync", "passthrough"];

    /// <summary>
    /// True where VP9 can be decoded by libvpx: bit for bit what ffmpeg's own decoder makes, and unlike that one it notices
    /// when a picture's data do not add up.
    /// </summary>
    public static bool HasLibvpx => About.Value.Contains("--enable-libvpx", StringComparison.Ordinal);

    // Builds from the development branch have no number and are newer than those that have one.
    private static bool IsAtLeast(int major, int minor) =>
        Number().Match(About.Value) is not { Success: true } found
        || (int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(found.Groups[2].Value, CultureInfo.InvariantCulture)).CompareTo((major, minor)) >= 0;

    private static string Ask()
    {
        using var process = FfmpegProcess.Start("ffmpeg", ["-version"]);
        using var text = new StreamReader(process.Output);
        string about = text.ReadToEnd();
        process.WaitForExit();
        return about;
    }

    [GeneratedRegex(@"^ffmpeg version n?(\d{1,4})\.(\d{1,4})")]
    private static partial Regex Number();
}
