using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints.Pickle;

/// <summary>A storage that a pickle refers to: elements of one type, kept outside the pickle.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">Element type.</param>
/// <param name="Count">Elements.</param>
internal sealed record StoredValues(string Key, ScalarType Type, long Count)
{
    internal long ElementSize => SafetensorsType.Of(Type).Size;

    internal long Bytes => Count * ElementSize;

    /// <summary>First byte in the file; known once the storages are located.</summary>
    internal long Position { get; set; } = -1;
}

/// <summary>A part of a storage, as the legacy format knows it; mostly the whole.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Start">First element.</param>
/// <param name="Count">Elements.</param>
internal sealed record StorageView(StoredValues Storage, long Start, long Count);

/// <summary>A tensor: strides over a storage, checked to stay inside.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Offset">First element in the storage.</param>
/// <param name="Shape">Lengths.</param>
/// <param name="Strides">Steps in elements; 0 repeats.</param>
/// <param name="Span">Elements from the first to the last one, both included.</param>
internal sealed record StoredTensor(StoredValues Storage, long Offset, long[] Shape, long[] Strides, long Span)
{
    internal long Count => Shape.Aggregate(1L, (a, b) => a * b);

    internal long Bytes => Count * Storage.ElementSize;

    /// <summary>Whether its elements stand in the file in C order.</summary>
    internal bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (int i = Shape.Length - 1; i >= 0; i--)
            {
                if (Shape[i] != 1 && Strides[i] != expected)
                {
                    return Shape.Contains(0);
                }
                expected *= Shape[i];
            }
            return true;
        }
    }

    /// <summary>Checks every number of a tensor that a pickle describes.</summary>
    /// <returns>The tensor, or what is wrong with it.</returns>
    internal static (StoredTensor? Tensor, string? Problem) Make(StorageView view, long offset, long[] shape, long[] strides)
    {
        if (shape.Length != strides.Length || shape.Length > 64)
        {
            return (null, $"expected as many strides as lengths, and at most 64, found {shape.Length} lengths and {strides.Length} strides");
        }
        if (offset < 0 || shape.Any(l => l < 0) || strides.Any(s => s < 0))
        {
            return (null, $"expected an offset, lengths and strides from 0, found {offset}, {Shapes.Text(shape)} and {Shapes.Text(strides)}");
        }
        // A zero does not excuse the other lengths: their product is asked for elsewhere.
        Int128 extent = view.Storage.ElementSize, last = offset;
        for (int i = 0; i < shape.Length; i++)
        {
            extent *= Math.Max(1, shape[i]);
            last += (Int128)Math.Max(0, shape[i] - 1) * strides[i];
            if (extent > long.MaxValue || last > long.MaxValue)
            {
                return (null, $"the shape {Shapes.Text(shape)} with strides {Shapes.Text(strides)} overflows");
            }
        }
        bool none = shape.Contains(0);
        if (!none && last >= view.Count)
        {
            return (null, $"a tensor {Shapes.Text(shape)} with strides {Shapes.Text(strides)} from element {offset} needs {last + 1} elements, its storage has {view.Count}");
        }
        return (new StoredTensor(view.Storage, view.Start + offset, shape, strides, none ? 0 : (long)last - offset + 1), null);
    }
}
