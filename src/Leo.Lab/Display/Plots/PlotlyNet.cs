using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Leo.Lab.Display.Plots;

/// <summary>
/// Plotly.NET's charts and back, through the JSON that both write. The package is not referenced: whoever has a chart has its assembly,
/// and its types are found there by name.
/// </summary>
internal static class PlotlyNet
{
    private const string Chart = "Plotly.NET.GenericChart", Advice = "Give a chart of Plotly.NET (tried with 6.0.0)";

    /// <summary>A chart's JSON: <c>data</c>, <c>layout</c>, <c>frames</c>.</summary>
    /// <exception cref="LeoException">It is no chart of Plotly.NET.</exception>
    public static string ToJson(object chart)
    {
        // A chart is of a type inside that of its name.
        for (var type = chart.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == Chart)
            {
                return (string)Method(type, "toFigureJson", type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [chart], null)!;
            }
        }
        throw new LeoException("chart", $"expected a {Chart}, found a {chart.GetType().FullName}", Advice);
    }

    /// <summary>A chart of some JSON.</summary>
    /// <param name="json">Plotly's.</param>
    /// <param name="chart">The type <c>Plotly.NET.GenericChart</c>.</param>
    /// <exception cref="LeoException">It is another type.</exception>
    public static object FromJson(JsonObject json, Type chart)
    {
        if (chart.FullName != Chart)
        {
            throw new LeoException("chart", $"expected the type {Chart}, found {chart.FullName}", Advice);
        }
        var library = chart.Assembly;
        Type trace = Find(library, "Plotly.NET.Trace"), layout = Find(library, "Plotly.NET.Layout"), figure = Find(library, "Plotly.NET.Figure");
        var fromFigure = Method(chart, "fromFigure", figure);
        var create = figure.GetMethods(BindingFlags.Public | BindingFlags.Static).FirstOrDefault(m => m.Name == "create" && m.GetParameters().Length == 2) ?? throw Missing(figure, "create");
        var made = (json["data"] as JsonArray ?? []).OfType<JsonObject>().Select(t => Fill(Activator.CreateInstance(trace, PlotlyJson.Text(t["type"]))!, t));
        object traces = ListOf(create.GetParameters()[0].ParameterType, made.Reverse());
        object whole = create.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [traces, Fill(Activator.CreateInstance(layout)!, json["layout"] as JsonObject ?? [])], null)!;
        return fromFigure.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [whole], null)!;
    }

    // Their objects are bags of properties (DynamicObj).
    private static object Fill(object bag, JsonObject json)
    {
        var set = bag.GetType().GetMethod("SetProperty", [typeof(string), typeof(object)]) ?? throw Missing(bag.GetType(), "SetProperty");
        foreach (var (name, value) in json)
        {
            set.Invoke(bag, BindingFlags.DoNotWrapExceptions, null, [name, Value(value, bag)], null);
        }
        return bag;
    }

    private static object? Value(JsonNode? node, object bag) => node switch
    {
        null => null,
        JsonObject inner => Fill(Activator.CreateInstance(Bag(bag.GetType()))!, inner),
        JsonArray items => items.Select(i => Value(i, bag)).ToArray(),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => Number((JsonValue)node),
            _ => null,
        },
    };

    private static object Number(JsonValue value)
    {
        using var number = JsonDocument.Parse(value.ToJsonString());
        return number.RootElement.TryGetInt64(out long whole) ? (object)whole : number.RootElement.GetDouble();
    }

    private static Type Bag(Type type) => type.FullName == "DynamicObj.DynamicObj" ? type : type.BaseType is { } parent ? Bag(parent) : throw Missing(type, "DynamicObj");

    // F#'s list, built from its end.
    private static object ListOf(Type list, IEnumerable<object> lastFirst)
    {
        object tail = list.GetProperty("Empty")?.GetValue(null) ?? throw Missing(list, "Empty");
        var cons = list.GetMethod("Cons") ?? throw Missing(list, "Cons");
        foreach (object item in lastFirst)
        {
            tail = cons.Invoke(null, [item, tail])!;
        }
        return tail;
    }

    private static Type Find(Assembly library, string name) => library.GetType(name) ?? throw new LeoException("chart", $"expected the type {name}, found none in {library.GetName()}", Advice);

    private static MethodInfo Method(Type type, string name, Type parameter) => type.GetMethod(name, BindingFlags.Public | BindingFlags.Static, [parameter]) ?? throw Missing(type, name);

    private static LeoException Missing(Type type, string name) => new("chart", $"expected {name} of {type.FullName}, found none in {type.Assembly.GetName()}", Advice);
}
