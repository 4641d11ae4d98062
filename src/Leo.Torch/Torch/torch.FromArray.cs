using System.Runtime.InteropServices;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>A copy of an array of any rank.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A copy of an array of any rank, with elements of another type if given.</summary>
    /// <exception cref="NotSupportedException">Elements that a tensor cannot hold.</exception>
    public static Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var type = TypeOf(rawArray.GetType().GetElementType()!);
        return FromHost(Bytes(rawArray), Lengths(rawArray), type, dtype, device, requires_grad, names);
    }

    /// <summary>A copy of an array of any rank.</summary>
    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    /// <summary>The tensor itself, converted if need be.</summary>
    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        data.to(dtype ?? data.dtype, device ?? data.device);

    /// <summary>A copy of a piece of an array, its bytes taken as elements of that type, in one dimension.</summary>
    /// <param name="rawArray">The array.</param>
    /// <param name="dtype">What its bytes are.</param>
    /// <param name="count">How many elements; -1 for the rest.</param>
    /// <param name="offset">How many bytes to skip.</param>
    /// <param name="requires_grad">Whether gradients are recorded.</param>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var bytes = Bytes(rawArray);
        int size = dtype.ElementSize();
        if (offset < 0 || offset > bytes.Length) throw new ArgumentOutOfRangeException(nameof(offset));
        long n = count < 0 ? (bytes.Length - offset) / size : count;
        if (offset + n * size > bytes.Length) throw new ArgumentOutOfRangeException(nameof(count));
        return FromHost(bytes.Slice((int)offset, (int)(n * size)), [n], dtype, null, CPU, requires_grad, null);
    }

    internal static ScalarType TypeOf(Type element) =>
        element == typeof(float) ? ScalarType.Float32
        : element == typeof(double) ? ScalarType.Float64
        : element == typeof(long) ? ScalarType.Int64
        : element == typeof(int) ? ScalarType.Int32
        : element == typeof(short) ? ScalarType.Int16
        : element == typeof(byte) ? ScalarType.Byte
        : element == typeof(sbyte) ? ScalarType.Int8
        : element == typeof(bool) ? ScalarType.Bool
        : element == typeof(Half) ? ScalarType.Float16
        : throw new NotSupportedException($"A tensor cannot hold {element.Name}.");

    private static Tensor FromHost(
        ReadOnlySpan<byte> bytes, ReadOnlySpan<long> shape, ScalarType type, ScalarType? dtype, Device? device, bool requires_grad,
        string[]? names)
    {
        Unnamed(names);
        nint h;
        fixed (byte* data = bytes)
        fixed (long* lengths = shape) Native.Check(Native.lt_from_host(data, lengths, shape.Length, (int)type, &h));
        var made = new Tensor(h);
        var where = InitializeDevice(device);
        if (dtype is { } d && d != type || where.type != DeviceType.CPU)
        {
            var host = made;
            made = host.to(dtype ?? type, where);
            host.Dispose();
        }
        return requires_grad ? made.requires_grad_() : made;
    }

    private static ReadOnlySpan<byte> Bytes(Array array)
    {
        int size = TypeOf(array.GetType().GetElementType()!).ElementSize();
        return MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(array), checked(array.Length * size));
    }
}
