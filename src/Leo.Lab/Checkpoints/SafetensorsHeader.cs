using System.Text.Json;
using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints;

/// <summary>Parses and checks the JSON header of a safetensors file; trusts nothing in it.</summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The format's own bound, which keeps a hostile length from being allocated.</summary>
    internal const long MaxLength = 100_000_000;

    private const string Damaged = "The file is damaged or not a safetensors file; get it again";

    private readonly string _file;

    private SafetensorsHeader(string file) => _file = file;

    /// <param name="Name">Its name.</param>
    /// <param name="Type">Element type; null for one that is not read, such as F8.</param>
    /// <param name="TypeName">Element type as the file writes it.</param>
    /// <param name="Shape">Its shape.</param>
    /// <param name="Begin">First byte in the data.</param>
    /// <param name="End">Byte after it.</param>
    internal sealed record Entry(string Name, ScalarType? Type, string TypeName, long[] Shape, long Begin, long End);

    internal Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, Entry> Entries { get; } = new(StringComparer.Ordinal);

    /// <param name="file">Named in errors.</param>
    /// <param name="utf8">The header's bytes.</param>
    /// <param name="dataLength">Bytes that follow the header.</param>
    internal static SafetensorsHeader Parse(string file, ReadOnlyMemory<byte> utf8, long dataLength)
    {
        var header = new SafetensorsHeader(file);
        try
        {
            // Depth: header, entry, shape or offsets.
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 4 });
            header.Read(document.RootElement, dataLength);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CheckpointException(file, $"expected a JSON header, found something else ({e.Message})", Damaged, inner: e);
        }
        header.CheckCoverage(dataLength);
        return header;
    }

    private void Read(JsonElement root, long dataLength)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Fault(null, $"expected a JSON object as header, found {root.ValueKind}");
        }
        bool metadataSeen = false;
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == "__metadata__")
            {
                if (metadataSeen)
                {
                    throw Fault(property.Name, "the key appears twice");
                }
                metadataSeen = true;
                ReadMetadata(property.Value);
            }
            else if (!Entries.TryAdd(property.Name, ReadEntry(property.Name, property.Value, dataLength)))
            {
                throw Fault(property.Name, "the key appears twice");
            }
        }
    }

    private void ReadMetadata(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Fault("__metadata__", $"expected an object of strings, found {element.ValueKind}");
        }
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
            {
                throw Fault("__metadata__." + property.Name, $"expected a string, found {property.Value.ValueKind}");
            }
            if (!Metadata.TryAdd(property.Name, property.Value.GetString()!))
            {
                throw Fault("__metadata__." + property.Name, "the key appears twice");
            }
        }
    }

    private Entry ReadEntry(string name, JsonElement element, long dataLength)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Fault(name, $"expected an object with dtype, shape and data_offsets, found {element.ValueKind}");
        }
        string? typeName = null;
        long[]? shape = null, offsets = null;
        foreach (var property in element.EnumerateObject())
        {
            bool repeated = property.Name switch
            {
                "dtype" => typeName is not null,
                "shape" => shape is not null,
                "data_offsets" => offsets is not null,
                _ => throw Fault(name, $"expected dtype, shape and data_offsets, found '{property.Name}'"),
            };
            if (repeated)
            {
                throw Fault(name, $"'{property.Name}' appears twice");
            }
            switch (property.Name)
            {
                case "dtype":
                    typeName = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() : throw Fault(name, $"expected a text as dtype, found {property.Value.GetRawText()}");
                    break;
                case "shape":
                    shape = ReadIntegers(name, "shape", property.Value);
                    break;
                default:
                    offsets = ReadIntegers(name, "data_offsets", property.Value);
                    break;
            }
        }
        if (typeName is null || shape is null || offsets is null)
        {
            throw Fault(name, "expected dtype, shape and data_offsets, found only some of them");
        }
        return Check(name, typeName, shape, offsets, dataLength);
    }

    private Entry Check(string name, string typeName, long[] shape, long[] offsets, long dataLength)
    {
        // Of a type that is not read, even the number of bytes is not known; the tensor may be one that nobody needs.
        bool known = SafetensorsType.TryParse(typeName, out var type, out int size);
        // A zero does not excuse the other lengths: strides are products of them.
        long extent = Math.Max(1, size);
        foreach (long length in shape.Where(l => l != 0))
        {
            if (extent > long.MaxValue / length)
            {
                throw Fault(name, $"the shape {Shapes.Text(shape)} overflows");
            }
            extent *= length;
        }
        long bytes = shape.Contains(0) ? 0 : extent;
        if (offsets.Length != 2 || offsets[0] > offsets[1] || offsets[1] > dataLength)
        {
            throw Fault(name, $"expected data_offsets [begin, end] within {dataLength} bytes of data, found {Shapes.Text(offsets)}");
        }
        if (known && offsets[1] - offsets[0] != bytes)
        {
            throw Fault(name, $"expected {bytes} bytes for {typeName} {Shapes.Text(shape)}, found data_offsets of {offsets[1] - offsets[0]} bytes");
        }
        return new Entry(name, known ? type : null, typeName, shape, offsets[0], offsets[1]);
    }

    private long[] ReadIntegers(string name, string what, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw Fault(name, $"expected an array as {what}, found {element.ValueKind}");
        }
        if (element.GetArrayLength() > 64)
        {
            throw Fault(name, $"expected at most 64 numbers as {what}, found {element.GetArrayLength()}");
        }
        long[] values = new long[element.GetArrayLength()];
        int i = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out long value) || value < 0)
            {
                throw Fault(name, $"expected whole numbers from 0 as {what}, found {item.GetRawText()}");
            }
            values[i++] = value;
        }
        return values;
    }

    // The format asks that the tensors fill the data without overlap, hole or rest.
    private void CheckCoverage(long dataLength)
    {
        long position = 0;
        foreach (var entry in Entries.Values.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != position)
            {
                throw Fault(entry.Name, $"expected its data at byte {position}, found {entry.Begin} ({(entry.Begin < position ? "overlap" : "hole")})");
            }
            position = entry.End;
        }
        if (position != dataLength)
        {
            throw Fault(null, $"expected {position} bytes of data, found {dataLength}");
        }
    }

    private CheckpointException Fault(string? key, string problem) => new(_file, problem, Damaged, key);
}
