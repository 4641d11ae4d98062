using System.IO.Compression;
using System.Reflection;

namespace Leo.Lab.Display.Plots;

/// <summary>plotly.js as it travels inside the library: the part that draws our traces (see Plotly/Plotly.targets). Pages get it compressed; browsers unpack it.</summary>
internal static class PlotlyBundle
{
    private static readonly Lazy<string> Packed = new(() =>
    {
        using var bytes = new MemoryStream();
        using (var resource = Resource())
            resource.CopyTo(bytes);
        return Convert.ToBase64String(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    });

    private static readonly Lazy<string> Unpacked = new(() =>
    {
        using var text = new StreamReader(new GZipStream(Resource(), CompressionMode.Decompress));
        return text.ReadToEnd();
    });

    /// <summary>The version of plotly.js. A notebook whose cells were run with different builds of Leo.Lab holds several.</summary>
    public static string Version { get; } = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "plotly.js").Value!;

    /// <summary>The script, gzip and Base64.</summary>
    public static string Base64 => Packed.Value;

    /// <summary>The script as it is.</summary>
    public static string Code => Unpacked.Value;

    private static Stream Resource() => Assembly.GetExecutingAssembly().GetManifestResourceStream("plotly.js.gz")!;
}
