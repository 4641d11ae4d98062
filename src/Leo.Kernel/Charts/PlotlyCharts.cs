using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;

namespace Leo.Kernel.Charts;

/// <summary>
/// Shows charts of Plotly.NET by the plotly.js that is inside this program: theirs would be fetched from a server. Their types are known by
/// name alone, for a cell brings the package by <c>#r "nuget: Plotly.NET, …"</c>.
/// </summary>
internal static class PlotlyCharts
{
    private const string Library = "Plotly.NET", Chart = "Plotly.NET.GenericChart";
    private static readonly ConcurrentQueue<Assembly> Loaded = new();

    /// <summary>Notes from now on when the library is loaded.</summary>
    public static void Watch() => AppDomain.CurrentDomain.AssemblyLoad += (_, load) =>
    {
        // Its types cannot be asked for yet: what they need is being loaded.
        if (load.LoadedAssembly.GetName().Name == Library) Loaded.Enqueue(load.LoadedAssembly);
    };

    /// <summary>Registers the charts of what was loaded since; called before anything is formatted.</summary>
    public static void Register()
    {
        while (Loaded.TryDequeue(out var library))
        {
            // Another version may have other names; then its own form stays.
            if (library.GetType(Chart) is not { } type || type.GetMethod("toFigureJson", BindingFlags.Public | BindingFlags.Static, [type]) is not { } toJson) continue;
            Formatter.Register(type, (chart, writer) => writer.Write(Read(toJson, chart).ToHtml()), HtmlFormatter.MimeType);
            Formatter.Register(type, (chart, writer) => writer.Write(Read(toJson, chart).ToString()), PlainTextFormatter.MimeType);
        }
    }

    private static PlotlyChart Read(MethodInfo toJson, object chart) =>
        PlotlyChart.Read((string)toJson.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [chart], null)!);
}
