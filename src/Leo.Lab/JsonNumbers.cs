using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leo.Lab;

/// <summary>Numbers as JSON knows them: the parser would read 1e999 as infinity, which could never be written again.</summary>
internal static class JsonNumbers
{
    internal sealed class OfDouble : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.GetDouble() is var value && double.IsFinite(value) ? value : throw new JsonException("a number is too large");

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }

    internal sealed class OfFloat : JsonConverter<float>
    {
        public override float Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.GetSingle() is var value && float.IsFinite(value) ? value : throw new JsonException("a number is too large");

        public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }
}
