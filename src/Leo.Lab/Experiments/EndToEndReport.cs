using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Leo.Lab.Experiments;

/// <summary>All numbers of a main job, as <c>report.json</c> holds them (snake_case).</summary>
public sealed class EndToEndReport
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        Converters = { new FiniteNumbers() },
    };

    /// <summary>Numbers of each kind of video: <c>faces</c> and <c>bodies</c>, or <c>videos</c>.</summary>
    public required IReadOnlyDictionary<string, SubjectReport> Subjects { get; init; }

    /// <summary>Seconds that the whole job took.</summary>
    public required double Seconds { get; init; }

    /// <summary>tiny, small or paper.</summary>
    public required string Preset { get; init; }

    /// <summary>The one seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Whether the models were trained by this job.</summary>
    public required bool Trained { get; init; }

    /// <summary>The file's text. Numbers that are not finite, as of a video in which nothing moves, are null.</summary>
    public string ToJson()
    {
        var root = new JsonObject();
        foreach (var (name, report) in Subjects)
            root[name] = JsonSerializer.SerializeToNode(report, Format);
        root["seconds"] = Math.Round(Seconds, 1);
        root["preset"] = Preset;
        root["seed"] = Seed;
        root["trained"] = Trained;
        return root.ToJsonString(Format) + "\n";
    }

    private sealed class FiniteNumbers : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(Math.Round(value, 6));
            else writer.WriteNullValue();
        }
    }
}
