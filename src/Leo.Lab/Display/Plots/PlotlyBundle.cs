using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection;

namespace Leo.Lab.Display.Plots;

/// <summary>
/// plotly.js as it travels inside the library (see the project file): one bundle for flat figures, one for spatial ones, since no single
/// one below 5 MB draws both. Pages get them compressed; browsers unpack them.
/// </summary>
internal static class PlotlyBundle
{
    private static readonly ConcurrentDictionary<bool, string?> Packed = new();

    /// <summary>Name of the bundle that a figure needs.</summary>
    public static string Kind(bool spatial) => spatial ? "gl3d" : "cartesian";

    /// <summary>The script, gzip and Base64; null where the library was built without it.</summary>
    public static string? Base64(bool spatial) => Packed.GetOrAdd(spatial, Pack);

    /// <summary>The script as it is; empty where the library was built without it.</summary>
    public static string Code(bool spatial)
    {
        if (Base64(spatial) is not { } packed)
            return "";
        using var text = new StreamReader(new GZipStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress));
        return text.ReadToEnd();
    }

    private static string? Pack(bool spatial)
    {
        string kind = Kind(spatial);
        using var archive = Assembly.GetExecutingAssembly().GetManifestResourceStream($"plotly.js-{kind}-dist-min.tgz");
        if (archive is null)
            return null;
        using var tar = new TarReader(new GZipStream(archive, CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name != $"package/plotly-{kind}.min.js")
                continue;
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
                entry.DataStream!.CopyTo(gzip);
            return Convert.ToBase64String(packed.ToArray());
        }
        throw new InvalidDataException($"The package plotly.js-{kind}-dist-min holds no plotly-{kind}.min.js.");
    }
}
