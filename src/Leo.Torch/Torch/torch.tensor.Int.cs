namespace TorchSharp;

public static partial class torch
{
    // Tensors from .NET numbers.

    /// <summary>A copy of the list.</summary>
    public static Tensor as_tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null) =>
        FromHost<int>(Listed(rawArray), [rawArray.Count], ScalarType.Int32, dtype, device, false, null);

    /// <summary>A copy of the list.</summary>
    public static Tensor as_tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null) =>
        FromHost<int>(rawArray, [rawArray.Length], ScalarType.Int32, dtype, device, false, null);

    /// <summary>A copy of the list, in that shape.</summary>
    public static Tensor tensor(
        IList<int> rawArray, ReadOnlySpan<long> dimensions,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<int>(Listed(rawArray), dimensions, ScalarType.Int32, dtype, device, requires_grad, names);

    /// <summary>A copy of the list.</summary>
    public static Tensor tensor(
        IList<int> rawArray,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<int>(Listed(rawArray), [rawArray.Count], ScalarType.Int32, dtype, device, requires_grad, names);

    /// <summary>A copy of the list, in that shape.</summary>
    public static Tensor tensor(
        IList<int> rawArray, long dim0, long dim1, long dim2,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<int>(Listed(rawArray), [dim0, dim1, dim2], ScalarType.Int32, dtype, device, requires_grad, names);

    /// <summary>A copy of the list, in that shape.</summary>
    public static Tensor tensor(
        IList<int> rawArray, long rows, long columns,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<int>(Listed(rawArray), [rows, columns], ScalarType.Int32, dtype, device, requires_grad, names);

    /// <summary>A copy of the memory, in that shape.</summary>
    public static Tensor tensor(
        Memory<int> rawArray, ReadOnlySpan<long> dimensions,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<int>(rawArray.Span, dimensions, ScalarType.Int32, dtype, device, requires_grad, names);

    /// <summary>A tensor without dimensions.</summary>
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        FromHost([scalar], [], ScalarType.Int32, null, device, requires_grad, null);

    /// <summary>A copy of the array.</summary>
    public static Tensor tensor(
        int[,,,] rawArray,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<int>(Flat<int>(rawArray), Lengths(rawArray), ScalarType.Int32, dtype, device, requires_grad, names);

    /// <summary>A copy of the array.</summary>
    public static Tensor tensor(
        int[,,] rawArray,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<int>(Flat<int>(rawArray), Lengths(rawArray), ScalarType.Int32, dtype, device, requires_grad, names);

    /// <summary>A copy of the array.</summary>
    public static Tensor tensor(
        int[,] rawArray,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<int>(Flat<int>(rawArray), Lengths(rawArray), ScalarType.Int32, dtype, device, requires_grad, names);

    /// <summary>A copy of the list, in that shape.</summary>
    public static Tensor tensor(
        int[] rawArray, ReadOnlySpan<long> dimensions,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<int>(rawArray, dimensions, ScalarType.Int32, dtype, device, requires_grad, names);

    /// <summary>A copy of the list.</summary>
    public static Tensor tensor(
        int[] rawArray,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<int>(rawArray, [rawArray.Length], ScalarType.Int32, dtype, device, requires_grad, names);

    /// <summary>A copy of the list, in that shape.</summary>
    public static Tensor tensor(
        int[] rawArray, long dim0, long dim1, long dim2, long dim3,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<int>(rawArray, [dim0, dim1, dim2, dim3], ScalarType.Int32, dtype, device, requires_grad, names);
}
