namespace TorchSharp;

public static partial class torch
{
    // Tensors from .NET numbers.

    /// <summary>A copy of the list.</summary>
    public static Tensor as_tensor(IList<bool> rawArray, ScalarType? dtype = null, Device? device = null) =>
        FromHost<bool>(Listed(rawArray), [rawArray.Count], ScalarType.Bool, dtype, device, false, null);

    /// <summary>A copy of the list.</summary>
    public static Tensor as_tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null) =>
        FromHost<bool>(rawArray, [rawArray.Length], ScalarType.Bool, dtype, device, false, null);

    /// <summary>A copy of the list, in that shape.</summary>
    public static Tensor tensor(
        IList<bool> rawArray, ReadOnlySpan<long> dimensions,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<bool>(Listed(rawArray), dimensions, ScalarType.Bool, dtype, device, requires_grad, names);

    /// <summary>A copy of the list.</summary>
    public static Tensor tensor(
        IList<bool> rawArray,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<bool>(Listed(rawArray), [rawArray.Count], ScalarType.Bool, dtype, device, requires_grad, names);

    /// <summary>A copy of the list, in that shape.</summary>
    public static Tensor tensor(
        IList<bool> rawArray, long dim0, long dim1, long dim2,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<bool>(Listed(rawArray), [dim0, dim1, dim2], ScalarType.Bool, dtype, device, requires_grad, names);

    /// <summary>A copy of the list, in that shape.</summary>
    public static Tensor tensor(
        IList<bool> rawArray, long dim0, long dim1, long dim2, long dim3,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<bool>(Listed(rawArray), [dim0, dim1, dim2, dim3], ScalarType.Bool, dtype, device, requires_grad, names);

    /// <summary>A copy of the list, in that shape.</summary>
    public static Tensor tensor(
        IList<bool> rawArray, long rows, long columns,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<bool>(Listed(rawArray), [rows, columns], ScalarType.Bool, dtype, device, requires_grad, names);

    /// <summary>A tensor without dimensions.</summary>
    public static Tensor tensor(bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost([scalar], [], ScalarType.Bool, dtype, device, requires_grad, null);

    /// <summary>A copy of the array.</summary>
    public static Tensor tensor(
        bool[,,,] rawArray,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<bool>(Flat<bool>(rawArray), Lengths(rawArray), ScalarType.Bool, dtype, device, requires_grad, names);

    /// <summary>A copy of the array.</summary>
    public static Tensor tensor(
        bool[,,] rawArray,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<bool>(Flat<bool>(rawArray), Lengths(rawArray), ScalarType.Bool, dtype, device, requires_grad, names);

    /// <summary>A copy of the array.</summary>
    public static Tensor tensor(
        bool[,] rawArray,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<bool>(Flat<bool>(rawArray), Lengths(rawArray), ScalarType.Bool, dtype, device, requires_grad, names);

    /// <summary>A copy of the list, in that shape.</summary>
    public static Tensor tensor(
        bool[] rawArray, ReadOnlySpan<long> dimensions,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<bool>(rawArray, dimensions, ScalarType.Bool, dtype, device, requires_grad, names);

    /// <summary>A copy of the list.</summary>
    public static Tensor tensor(
        bool[] rawArray,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromHost<bool>(rawArray, [rawArray.Length], ScalarType.Bool, dtype, device, requires_grad, names);
}
