using Leo.Lab;
using Leo.Lab.Data;

namespace Leo.Cli.Commands;

/// <summary>The videos that <c>--part</c> names.</summary>
internal static class VideoParts
{
    /// <summary>Paths of a folder's videos.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="part">train, test or all.</param>
    /// <exception cref="LeoException">There is none.</exception>
    public static IReadOnlyList<string> Of(string folder, string part)
    {
        if (part == "all")
            return VideoFolder.List(folder);
        var videos = VideoFolder.Open(folder);
        var paths = part == "train" ? videos.Train : videos.Test;
        return paths.Count > 0 ? paths : throw new LeoException(folder, $"there is no video in its {part} part", "Choose another --part");
    }
}
