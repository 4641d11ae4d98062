using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leo.Lab;

/// <summary>The one JSON dialect of settings, checkpoints and reports: camelCase, enums by name, unknown keys refused.</summary>
public static class Json
{
    /// <summary>Indented, for files that people read.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: true);

    /// <summary>One line, for <c>.jsonl</c> files and checkpoint headers.</summary>
    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    /// <summary>Writes <paramref name="value"/> indented.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Writes <paramref name="value"/> on one line.</summary>
    public static string WriteLine<T>(T value) => JsonSerializer.Serialize(value, Compact);

    /// <summary>Reads a <typeparamref name="T"/> strictly.</summary>
    /// <param name="json">The text.</param>
    /// <param name="subject">What the text is (usually a path); named in the error.</param>
    /// <exception cref="LeoException">The text is not JSON, is <c>null</c>, or does not fit the type; every unknown, doubled, missing and unfit key is named.</exception>
    public static T Read<T>(string json, string subject)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options)
                ?? throw new LeoException(subject, $"expected {typeof(T).Name} as JSON, found null", "Write the settings again");
        }
        catch (Exception e) when (IsAboutText(e))
        {
            var faults = JsonFaults.Find(typeof(T), json);
            throw new LeoException(subject, $"cannot be read as {typeof(T).Name} ({(faults.Count > 0 ? string.Join("; ", faults) : e.Message)})",
                $"Correct {(faults.Count > 1 ? "what is" : "the key or value")} named here, or delete the file and let it be written again", e);
        }
    }

    /// <summary>Whether an error of the serialiser comes from the text: half a surrogate pair and doubled keys below a JsonNode are not <see cref="JsonException"/>s.</summary>
    internal static bool IsAboutText(Exception e) => e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException;

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions
        {
            WriteIndented = indented,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonNumbers.OfDouble());
        options.Converters.Add(new JsonNumbers.OfFloat());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
