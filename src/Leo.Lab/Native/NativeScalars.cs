using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Leo.Lab;

/// <summary>
/// Keeps the native half of TorchSharp's <c>Scalar</c>, of which it makes one for each number that an operator is given (<c>x * 2</c>, also the hidden
/// factor 1 of <c>x + y</c>), and leaves them to the garbage collector. Two things go wrong with that. TorchSharp 0.107 does not keep a scalar alive during
/// the call: a collection that another thread starts at that moment frees it under the operator, which then computes with whatever stands there, or throws
/// "unknown tag"; with a second thread that only allocates, six operations of 200,000 went wrong. And thousands of them wait for the collector in the
/// gaps between tensors, so that the next tensor does not fit: rendering at 256 pixels took 1 GB where 0.6 do. Here scalars lie in blocks of their own,
/// and after its finalizer one rests until many others have been freed.
/// </summary>
internal static unsafe class NativeScalars
{
    // No operator reads its scalars when so many others have been freed since it was called.
    private const int Resting = 1 << 16;
    private const int Size = 32, Block = 1 << 20;
    private static readonly Lock Gate = new();
    private static readonly Queue<nint> Freed = new();
    private static readonly HashSet<nint> Blocks = [];
    private static (byte[] Bytes, int Value) _integer, _real;
    private static nint _fresh, _end;

    /// <summary>Puts functions of ours over TorchSharp's own; where the processor or the system has no such thing, all stays as it is.</summary>
    /// <param name="sharp">TorchSharp's native half, loaded.</param>
    /// <returns>Whether scalars now outlive their finalizer.</returns>
    public static bool Take(nint sharp)
    {
        const long Pattern = 0x3ff0123456789abc;
        if (Learn(sharp, "THSTorch_int64_to_scalar", function => ((delegate* unmanaged<long, nint>)function)(Pattern), Pattern) is { } integers
            && Learn(sharp, "THSTorch_float64_to_scalar", function => ((delegate* unmanaged<double, nint>)function)(BitConverter.Int64BitsToDouble(Pattern)), Pattern) is { } reals)
        {
            (_integer, _real) = (integers, reals);
            NativeJump.Put(sharp, "THSTorch_int32_to_scalar", (nint)(delegate* unmanaged<int, nint>)&OfInt32);
            NativeJump.Put(sharp, "THSTorch_int64_to_scalar", (nint)(delegate* unmanaged<long, nint>)&OfInt64);
            NativeJump.Put(sharp, "THSTorch_float32_to_scalar", (nint)(delegate* unmanaged<float, nint>)&OfFloat32);
            NativeJump.Put(sharp, "THSTorch_float64_to_scalar", (nint)(delegate* unmanaged<double, nint>)&OfFloat64);
        }
        return NativeJump.Put(sharp, "THSTorch_dispose_scalar", (nint)(delegate* unmanaged<nint, void>)&Free);
    }

    // What a scalar looks like in memory, read off one of TorchSharp's own: its bytes, and where in them the value stands.
    private static (byte[] Bytes, int Value)? Learn(nint sharp, string export, Func<nint, nint> make, long value)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || !OperatingSystem.IsLinux() || !NativeLibrary.TryGetExport(sharp, export, out nint function)) return null;
        byte[] bytes = new Span<byte>((void*)make(function), Size).ToArray();               // this one scalar is never freed
        for (int at = 0; at <= Size - sizeof(long); at += sizeof(int))
            if (BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at)) == value) return (bytes, at);
        return null;
    }

    [UnmanagedCallersOnly]
    private static nint OfInt32(int value) => Make(_integer, value);

    [UnmanagedCallersOnly]
    private static nint OfInt64(long value) => Make(_integer, value);

    [UnmanagedCallersOnly]
    private static nint OfFloat32(float value) => Make(_real, BitConverter.DoubleToInt64Bits(value));

    [UnmanagedCallersOnly]
    private static nint OfFloat64(double value) => Make(_real, BitConverter.DoubleToInt64Bits(value));

    private static nint Make((byte[] Bytes, int Value) kind, long value)
    {
        nint scalar;
        lock (Gate) scalar = Room();
        kind.Bytes.CopyTo(new Span<byte>((void*)scalar, Size));
        *(long*)(scalar + kind.Value) = value;
        return scalar;
    }

    private static nint Room()
    {
        while (Freed.Count > Resting)
        {
            nint rested = Freed.Dequeue();
            if (Blocks.Contains(rested & ~(nint)(Block - 1))) return rested;
            NativeMemory.Free((void*)rested);                              // of a kind that TorchSharp made: its destructor does nothing
        }
        if (_fresh == _end)
        {
            _fresh = (nint)NativeMemory.AlignedAlloc(Block, Block);
            _end = _fresh + Block;
            Blocks.Add(_fresh);
        }
        nint room = _fresh;
        _fresh += Size;
        return room;
    }

    [UnmanagedCallersOnly]
    private static void Free(nint scalar)
    {
        if (scalar == 0) return;
        lock (Gate) Freed.Enqueue(scalar);
    }
}
