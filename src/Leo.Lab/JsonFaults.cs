using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Leo.Lab;

/// <summary>Everything that is wrong with a JSON text as a value of some type; the serialiser stops at the first.</summary>
internal static class JsonFaults
{
    private const int Most = 20, LongestValue = 40;

    /// <summary>The faults, by path; empty where the text is no JSON at all, of which the parser says where.</summary>
    internal static IReadOnlyList<string> Find(Type type, string json)
    {
        var faults = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            Look(type, document.RootElement, "", faults);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
        return faults.Count <= Most ? faults : [.. faults.Take(Most), $"and {faults.Count - Most} more"];
    }

    private static void Look(Type type, JsonElement element, string path, List<string> faults)
    {
        var info = Json.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        if (info.Kind != JsonTypeInfoKind.Object || element.ValueKind != JsonValueKind.Object)
        {
            Value(type, element, path, faults);
            return;
        }
        var known = info.Properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            string at = Join(path, property.Name);
            if (!seen.Add(property.Name))
                faults.Add($"{at} is there twice");
            else if (!known.TryGetValue(property.Name, out var expected))
                faults.Add($"{at} is not known ({(known.Count <= 12 ? $"known are {string.Join(", ", known.Keys)}" : "see the keys of a file that this program wrote")})");
            else if (property.Value.ValueKind == JsonValueKind.Null && (IsPlain(expected.PropertyType) || !expected.IsSetNullable))
                faults.Add($"{at} must not be null");
            else if (property.Value.ValueKind != JsonValueKind.Null)
                Look(expected.PropertyType, property.Value, at, faults);
        }
        faults.AddRange(known.Values.Where(p => p.IsRequired && !seen.Contains(p.Name)).Select(p => $"{Join(path, p.Name)} is missing"));
    }

    private static void Value(Type type, JsonElement element, string path, List<string> faults)
    {
        try
        {
            element.Deserialize(type, Json.Options);
        }
        catch (Exception e) when (Json.IsAboutText(e))
        {
            string raw = element.GetRawText();
            faults.Add($"{(path.Length == 0 ? "it" : path)} must be {Words(type)}, found {(raw.Length <= LongestValue ? raw : raw[..LongestValue] + "…")}");
        }
    }

    private static string Words(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } e => string.Join(" or ", Enum.GetNames(e).Select(JsonNamingPolicy.CamelCase.ConvertName)),
        var t when t == typeof(string) => "text",
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(int) || t == typeof(long) => "a whole number",
        var t when t == typeof(float) || t == typeof(double) => "a number",
        var t when Json.Options.GetTypeInfo(t).Kind == JsonTypeInfoKind.Enumerable => $"a list, each {Words(Json.Options.GetTypeInfo(t).ElementType!)}",
        var t when Json.Options.GetTypeInfo(t).Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
        var t => t.Name,
    };

    private static bool IsPlain(Type type) => type.IsValueType && Nullable.GetUnderlyingType(type) is null;

    private static string Join(string path, string name) => (path.Length == 0 ? "" : path + ".") + (name.Length <= 80 ? name : name[..80] + "…");
}
