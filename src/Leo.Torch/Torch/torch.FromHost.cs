using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    private static Tensor Make(
        Op op, ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
    {
        Unnamed(names);
        var t = Op.Call(op, size, ("dtype", dtype ?? defaultType), ("device", InitializeDevice(device)));
        return requires_grad ? t.requires_grad_() : t;
    }

    private static Tensor Fill(
        ReadOnlySpan<long> size, Scalar value, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
    {
        Unnamed(names);
        var type = dtype ?? (value.Tag == Tag.Double ? defaultType : value.Type);
        var t = Op.Call(Ops.full, size, value, ("dtype", type), ("device", InitializeDevice(device)));
        return requires_grad ? t.requires_grad_() : t;
    }

    private static Tensor MakeRandom(
        Op op, ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator, string[]? names)
    {
        Unnamed(names);
        var t = Op.Call(op, size, generator, ("dtype", dtype ?? defaultType), ("device", InitializeDevice(device)));
        return requires_grad ? t.requires_grad_() : t;
    }

    private static Tensor FromHost<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType type, ScalarType? dtype, Device? device, bool requires_grad,
        string[]? names) where T : unmanaged
    {
        long n = 1;
        foreach (long length in shape) n = checked(n * length);
        if (n != values.Length)
            throw new ArgumentException($"{values.Length} elements cannot have the shape [{string.Join(", ", shape.ToArray())}].");
        return FromHost(MemoryMarshal.AsBytes(values), shape, type, dtype, device, requires_grad, names);
    }

    internal static Span<T> Flat<T>(Array array) where T : unmanaged =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    private static long[] Lengths(Array array) => [.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)];

    private static ReadOnlySpan<T> Listed<T>(IList<T> list) => list switch
    {
        T[] a => a,
        List<T> l => CollectionsMarshal.AsSpan(l),
        _ => list.ToArray()
    };

    private static void Unnamed(string[]? names)
    {
        if (names != null) throw new NotSupportedException("This provider has no named dimensions; leave names out.");
    }
}
