using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints;

/// <summary>An open file of NumPy (<c>numpy.save</c>, format 1 to 3): one array, whose name here is <see cref="ArrayName"/>.</summary>
/// <remarks>Arrays of Python objects, which numpy itself only reads on request, are refused: nothing in a file is executed.</remarks>
public sealed partial class NpyFile : ITensorFile
{
    /// <summary>The array's name; the format has none.</summary>
    public const string ArrayName = "array";

    private const string Advice = "Save it with numpy.save, as float32";
    private const int MostDimensions = 64, LongestHeader = 1 << 20;

    // Little-endian, or of one byte.
    private static readonly Dictionary<string, ScalarType> Types = new(StringComparer.Ordinal)
    {
        ["<f8"] = ScalarType.Float64,
        ["<f4"] = ScalarType.Float32,
        ["<f2"] = ScalarType.Float16,
        ["<i8"] = ScalarType.Int64,
        ["<i4"] = ScalarType.Int32,
        ["<i2"] = ScalarType.Int16,
        ["|i1"] = ScalarType.Int8,
        ["|u1"] = ScalarType.Byte,
        ["|b1"] = ScalarType.Bool,
    };

    private readonly RandomAccessFile _file;
    private readonly ScalarType _type;
    private readonly long[] _shape;
    private readonly bool _byColumns;
    private readonly long _position;

    private NpyFile(RandomAccessFile file)
    {
        _file = file;
        var reader = new ByteReader(file, 0, file.Length, advice: Advice);
        reader.Skip(6);
        byte version = reader.ReadByte();
        reader.Skip(1);
        if (version is < 1 or > 3)
        {
            throw Bad($"expected format 1, 2 or 3, found {version}");
        }
        long length = 0;
        for (int i = 0; i < (version == 1 ? 2 : 4); i++)
        {
            length |= (long)reader.ReadByte() << (8 * i);
        }
        string header = length <= LongestHeader ? Encoding.Latin1.GetString(reader.ReadBytes(length)) : throw Bad($"expected a header of at most {LongestHeader} bytes, found {length}");
        string type = Entry(header, TypeEntry());
        _type = Types.TryGetValue(type, out var known) ? known : throw Bad($"expected elements of {string.Join(" ", Types.Keys)}, found '{type}'");
        _byColumns = Entry(header, OrderEntry()) == "True";
        _shape = [.. Entry(header, ShapeEntry()).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Side)];
        if (_shape.Length > MostDimensions)
        {
            throw Bad($"expected at most {MostDimensions} dimensions, found {_shape.Length}");
        }
        _position = reader.Position;
        var bytes = _shape.Aggregate((Int128)SafetensorsType.Of(_type).Size, (all, side) => all > long.MaxValue ? all : all * side);
        if (bytes != file.Length - _position)
        {
            throw Bad($"expected {bytes} bytes for {type} {Shapes.Text(_shape)}, found {file.Length - _position}");
        }
        // A zero does not excuse the other sides: strides are their product.
        if (_shape.Aggregate((Int128)SafetensorsType.Of(_type).Size, (all, side) => all > long.MaxValue ? all : all * Math.Max(1, side)) > long.MaxValue)
        {
            throw Bad($"expected a shape that can be, found {Shapes.Text(_shape)}");
        }
    }

    /// <inheritdoc/>
    public string Path => _file.Path;

    /// <inheritdoc/>
    public string Format => "NumPy";

    /// <summary>Nothing: the format has the array only.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names { get; } = [ArrayName];

    /// <inheritdoc/>
    public bool Contains(string name) => name == ArrayName;

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape(string name) => Known(name, _shape);

    /// <inheritdoc/>
    public ScalarType DType(string name) => Known(name, _type);

    /// <inheritdoc/>
    public Tensor Read(string name)
    {
        if (!_byColumns)
        {
            return _file.ReadTensor(Known(name, _shape), _type, _position);
        }
        using var scope = NewDisposeScope();
        var turned = _file.ReadTensor([.. Known(name, _shape).Reverse()], _type, _position);
        return turned.permute([.. Enumerable.Range(0, _shape.Length).Reverse().Select(d => (long)d)]).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Does nothing: the format has no checksum.</summary>
    public void Verify()
    {
    }

    /// <summary>Closes the file; tensors already read stay.</summary>
    public void Dispose() => _file.Dispose();

    internal static bool Matches(ReadOnlySpan<byte> head) => head.Length >= 8 && head[0] == 0x93 && head[1..6].SequenceEqual("NUMPY"u8);

    internal static NpyFile Open(RandomAccessFile file) => new(file);

    private T Known<T>(string name, T value) => Contains(name) ? value : throw new CheckpointException(Path, "expected a tensor of this name, found none", $"A file of NumPy has '{ArrayName}' alone", name);

    private string Entry(string header, Regex entry) => entry.Match(header) is { Success: true } match ? match.Groups["value"].Value : throw Bad("expected a header with descr, fortran_order and shape, found another");

    private long Side(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long side) ? side : throw Bad($"expected whole numbers as shape, found '{text}'");

    private CheckpointException Bad(string problem) => new(Path, problem, Advice);

    [GeneratedRegex("""'descr': *'(?<value>[^']*)'""")]
    private static partial Regex TypeEntry();

    [GeneratedRegex("""'fortran_order': *(?<value>True|False)""")]
    private static partial Regex OrderEntry();

    [GeneratedRegex("""'shape': *\((?<value>[0-9, ]*)\)""")]
    private static partial Regex ShapeEntry();
}
