using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints;

/// <summary>The format's names of element types and their TorchSharp counterparts.</summary>
internal static class SafetensorsType
{
    private static readonly (string Name, ScalarType Type, int Size)[] Known =
    [
        ("F64", ScalarType.Float64, 8), ("I64", ScalarType.Int64, 8),
        ("F32", ScalarType.Float32, 4), ("I32", ScalarType.Int32, 4),
        ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2), ("I16", ScalarType.Int16, 2),
        ("I8", ScalarType.Int8, 1), ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    internal static string AllNames { get; } = string.Join(' ', Known.Select(k => k.Name));

    internal static bool TryParse(string name, out ScalarType type, out int size)
    {
        foreach (var known in Known)
        {
            if (known.Name == name)
            {
                (type, size) = (known.Type, known.Size);
                return true;
            }
        }
        (type, size) = (default, 0);
        return false;
    }

    internal static bool Knows(ScalarType type) => Known.Any(k => k.Type == type);

    internal static (string Name, int Size) Of(ScalarType type)
    {
        foreach (var known in Known)
        {
            if (known.Type == type)
            {
                return (known.Name, known.Size);
            }
        }
        throw new ArgumentException($"Tensors of {type} cannot be stored; the format knows {AllNames}.");
    }
}
