namespace TorchSharp;

public static partial class torch
{
    // Tensors of one number.

    /// <summary>All <paramref name="value"/>.</summary>
    public static Tensor full(
        long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Fill(size, value, dtype, device, requires_grad, names);

    /// <summary>All <paramref name="value"/>.</summary>
    public static Tensor full(
        ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Fill(size, value, dtype, device, requires_grad, names);

    /// <summary>All <paramref name="value"/>.</summary>
    public static Tensor full(
        long size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Fill([size], value, dtype, device, requires_grad, names);

    /// <summary>All <paramref name="value"/>.</summary>
    public static Tensor full(
        long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Fill([rows, columns], value, dtype, device, requires_grad, names);

    /// <summary>All <paramref name="value"/>.</summary>
    public static Tensor full(
        long dim0, long dim1, long dim2, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Fill([dim0, dim1, dim2], value, dtype, device, requires_grad, names);

    /// <summary>All <paramref name="value"/>.</summary>
    public static Tensor full(
        long dim0, long dim1, long dim2, long dim3, Scalar value,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Fill([dim0, dim1, dim2, dim3], value, dtype, device, requires_grad, names);

    /// <summary>All <paramref name="value"/>.</summary>
    public static Tensor full(
        int size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Fill([size], value, dtype, device, requires_grad, names);

    /// <summary>All <paramref name="value"/>.</summary>
    public static Tensor full(
        int rows, int columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Fill([rows, columns], value, dtype, device, requires_grad, names);

    /// <summary>All <paramref name="value"/>.</summary>
    public static Tensor full(
        int dim0, int dim1, int dim2, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Fill([dim0, dim1, dim2], value, dtype, device, requires_grad, names);

    /// <summary>All <paramref name="value"/>.</summary>
    public static Tensor full(
        int dim0, int dim1, int dim2, int dim3, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Fill([dim0, dim1, dim2, dim3], value, dtype, device, requires_grad, names);
}
