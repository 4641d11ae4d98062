using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Tensors to text, files and .NET numbers.</summary>
public static class TensorExtensionMethods
{
    /// <summary>Bytes of one element.</summary>
    public static int ElementSize(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new ArgumentException($"no element type {type}", nameof(type))
    };

    /// <summary>How many elements a shape has.</summary>
    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (n, length) => checked(n * length));

    /// <summary>The one element, converted.</summary>
    /// <exception cref="ArgumentException">There is not just one.</exception>
    public static float ToSingle(this Tensor value) => One<float>(value, ScalarType.Float32);

    /// <inheritdoc cref="ToSingle(Tensor)"/>
    public static double ToDouble(this Tensor value) => One<double>(value, ScalarType.Float64);

    /// <inheritdoc cref="ToSingle(Tensor)"/>
    public static Half ToHalf(this Tensor value) => One<Half>(value, ScalarType.Float16);

    /// <inheritdoc cref="ToSingle(Tensor)"/>
    public static sbyte ToSByte(this Tensor value) => One<sbyte>(value, ScalarType.Int8);

    /// <inheritdoc cref="ToSingle(Tensor)"/>
    public static byte ToByte(this Tensor value) => One<byte>(value, ScalarType.Byte);

    /// <inheritdoc cref="ToSingle(Tensor)"/>
    public static short ToInt16(this Tensor value) => One<short>(value, ScalarType.Int16);

    /// <inheritdoc cref="ToSingle(Tensor)"/>
    public static int ToInt32(this Tensor value) => One<int>(value, ScalarType.Int32);

    /// <inheritdoc cref="ToSingle(Tensor)"/>
    public static long ToInt64(this Tensor value) => One<long>(value, ScalarType.Int64);

    /// <inheritdoc cref="ToSingle(Tensor)"/>
    public static bool ToBoolean(this Tensor value) => One<bool>(value, ScalarType.Bool);

    /// <summary>Element type, shape and device.</summary>
    public static string metastr(this Tensor tensor) => tensor.ToString();

    /// <summary>All elements in brackets, as NumPy writes them.</summary>
    public static string npstr(
        this Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null)
    {
        using var numbers = tensor.detach().to(ScalarType.Float64, CPU);
        var text = new StringBuilder();
        string format = tensor.is_floating_point() ? fltFormat ?? "g5" : "0";
        Write(text, numbers.data<double>().ToArray(), tensor.shape, 0, 0, format, newLine ?? Environment.NewLine,
            cultureInfo ?? CultureInfo.InvariantCulture);
        return text.ToString();
    }

    /// <summary>Writes type, shape, device and data to a file.</summary>
    public static void Save(this Tensor tensor, string location)
    {
        using var file = File.Create(location);
        tensor.Save(file);
    }

    /// <inheritdoc cref="Save(Tensor, string)"/>
    public static void Save(this Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        tensor.Save(writer);
    }

    /// <summary>Writes type, number of dimensions and shape as LEB128 numbers, then the raw elements.</summary>
    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        using var host = tensor.detach().cpu().contiguous();
        Encode(writer, (long)host.dtype);
        Encode(writer, host.ndim);
        foreach (long length in host.shape) Encode(writer, length);
        writer.Write(host.bytes);
    }

    /// <summary>Reads into an existing tensor of the same type and shape, or only past it.</summary>
    /// <exception cref="ArgumentException">Type or shape differ.</exception>
    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHead(reader);
        if (type != tensor.dtype)
            throw new ArgumentException($"The file holds {type} where the tensor is {tensor.dtype}: it is not of this model.");
        ReadBody(tensor, shape, reader, skip);
    }

    /// <summary>Reads a tensor.</summary>
    public static Tensor Load(BinaryReader reader, bool skip = false)
    {
        Tensor? tensor = null;
        Load(ref tensor, reader, skip);
        return tensor!;
    }

    /// <summary>Reads into a tensor, made if null.</summary>
    public static void Load(ref Tensor? tensor, BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHead(reader);
        tensor ??= zeros(shape, type);
        ReadBody(tensor, shape, reader, skip);
    }

    private static (ScalarType, long[]) ReadHead(BinaryReader reader)
    {
        var type = (ScalarType)Decode(reader);
        long dims = Decode(reader);
        if (!Enum.IsDefined(type) || dims is < 0 or > 64) throw new InvalidDataException("Not a tensor in TorchSharp's format.");
        var shape = new long[dims];
        for (int i = 0; i < dims; i++) shape[i] = Decode(reader);
        return (type, shape);
    }

    private static void ReadBody(Tensor tensor, long[] shape, BinaryReader reader, bool skip)
    {
        long size = tensor.numel() * tensor.ElementSize;
        if (skip)
        {
            reader.BaseStream.Seek(size, SeekOrigin.Current);
            return;
        }
        if (!shape.AsSpan().SequenceEqual(tensor.shape))
            throw new ArgumentException(
                $"The file holds [{string.Join(", ", shape)}] where the tensor is [{string.Join(", ", tensor.shape)}]: " +
                "it is not of this model.");
        using var guard = no_grad();
        using var host = empty(shape, tensor.dtype, CPU);
        reader.BaseStream.ReadExactly(host.bytes);
        tensor.copy_(host);
    }

    private static void Encode(BinaryWriter writer, long value)
    {
        for (; value >= 0x80; value >>= 7) writer.Write((byte)(value & 0x7f | 0x80));
        writer.Write((byte)value);
    }

    private static long Decode(BinaryReader reader)
    {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            byte b = reader.ReadByte();
            value |= (long)(b & 0x7f) << shift;
            if (b < 0x80) return value;
        }
        throw new InvalidDataException("Not a tensor in TorchSharp's format.");
    }

    private static T One<T>(Tensor value, ScalarType type) where T : unmanaged
    {
        if (value.numel() != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
        using var host = value.detach().to(type, CPU);
        return host.item<T>();
    }

    private static long Write(
        StringBuilder text, double[] numbers, long[] shape, int dim, long place, string format, string newLine, CultureInfo culture)
    {
        if (dim == shape.Length)
        {
            text.Append(numbers[place].ToString(format, culture));
            return place + 1;
        }
        text.Append('[');
        for (long i = 0; i < shape[dim]; i++)
        {
            if (i > 0 && dim == shape.Length - 1) text.Append(", ");
            else if (i > 0) text.Append(',').Append(newLine).Append(' ', dim + 1);
            place = Write(text, numbers, shape, dim + 1, place, format, newLine, culture);
        }
        text.Append(']');
        return place;
    }
}
