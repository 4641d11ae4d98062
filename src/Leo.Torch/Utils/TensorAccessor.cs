using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>A tensor's elements in the processor's memory, in row-major order whatever the strides. Reads and writes go through.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private Tensor? tensor;
    private readonly long[] shape, strides;
    private readonly bool contiguous;
    private readonly T* data;

    internal TensorAccessor(Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
            throw new InvalidOperationException(
                "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        nint p;
        Native.Check(Native.lt_data(tensor.Handle, &p));
        data = (T*)p;
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        Count = tensor.numel();
        this.tensor = tensor;
    }

    /// <summary>How many elements.</summary>
    public long Count { get; }

    /// <summary>No: elements can be set.</summary>
    public bool IsReadOnly => false;

    /// <summary>One element, by its indices, or by its place in row-major order.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    public T this[params long[] indices]
    {
        get => *At(indices);
        set => *At(indices) = value;
    }

    /// <summary>A copy of all elements.</summary>
    public T[] ToArray()
    {
        var all = new T[Count];
        CopyTo(all.AsSpan());
        return all;
    }

    /// <summary>A copy of all elements as an array of the tensor's shape.</summary>
    public Array ToNDArray()
    {
        if (shape.Length < 2) return ToArray();
        var all = Array.CreateInstance(typeof(T), shape);
        CopyTo(torch.Flat<T>(all));
        return all;
    }

    /// <summary>Copies elements from <paramref name="tensorIndex"/> on until either side ends.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyTo(T[], int, long)"/>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        int n = Room(array.Length, arrayIndex, tensorIndex);
        if (contiguous) new ReadOnlySpan<T>(data + tensorIndex, n).CopyTo(array[arrayIndex..]);
        else for (int i = 0; i < n; i++) array[arrayIndex + i] = data[Offset(tensorIndex + i)];
        GC.KeepAlive(tensor);
    }

    /// <summary>Sets elements from <paramref name="tensorIndex"/> on until either side ends.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyFrom(T[], int, long)"/>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        int n = Room(array.Length, arrayIndex, tensorIndex);
        if (contiguous) array.Slice(arrayIndex, n).CopyTo(new Span<T>(data + tensorIndex, n));
        else for (int i = 0; i < n; i++) data[Offset(tensorIndex + i)] = array[arrayIndex + i];
        GC.KeepAlive(tensor);
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return Read(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both hold the same elements.</summary>
    public static bool operator ==(TensorAccessor<T>? left, TensorAccessor<T>? right) =>
        ReferenceEquals(left, right) || left is not null && right is not null && left.Count == right.Count && left.SequenceEqual(right);

    /// <summary>Whether any element differs.</summary>
    public static bool operator !=(TensorAccessor<T>? left, TensorAccessor<T>? right) => !(left == right);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && this == other;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine((nint)data, Count);

    /// <summary>Lets go of the tensor; the tensor lives on.</summary>
    public void Dispose() => tensor = null;

    private T Read(long i)
    {
        T value = *At([i]);
        GC.KeepAlive(tensor);
        return value;
    }

    private T* At(ReadOnlySpan<long> indices)
    {
        if (tensor is not { IsInvalid: false }) throw new ObjectDisposedException(nameof(TensorAccessor<T>));
        if (indices.Length == 1)
        {
            if ((ulong)indices[0] >= (ulong)Count) throw new IndexOutOfRangeException($"{indices[0]} in a tensor of {Count} elements.");
            return data + Offset(indices[0]);
        }
        if (indices.Length != shape.Length)
            throw new IndexOutOfRangeException($"{indices.Length} indices into a tensor of {shape.Length} dimensions.");
        long offset = 0;
        for (int k = 0; k < shape.Length; k++)
        {
            if ((ulong)indices[k] >= (ulong)shape[k])
                throw new IndexOutOfRangeException($"{indices[k]} >= {shape[k]} in dimension {k}.");
            offset += indices[k] * strides[k];
        }
        return data + offset;
    }

    private long Offset(long place)
    {
        if (contiguous) return place;
        long offset = 0;
        for (int k = shape.Length - 1; k >= 0; k--)
        {
            (place, long i) = Math.DivRem(place, shape[k]);
            offset += i * strides[k];
        }
        return offset;
    }

    private int Room(int length, int arrayIndex, long tensorIndex)
    {
        if (tensor is not { IsInvalid: false }) throw new ObjectDisposedException(nameof(TensorAccessor<T>));
        if (tensorIndex < 0 || tensorIndex >= Count && Count > 0) throw new ArgumentOutOfRangeException(nameof(tensorIndex));
        if (arrayIndex < 0 || arrayIndex > length) throw new ArgumentOutOfRangeException(nameof(arrayIndex));
        return (int)Math.Min(length - arrayIndex, Count - tensorIndex);
    }
}
