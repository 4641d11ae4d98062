namespace TorchSharp;

public static partial class torch
{
    /// <summary>Numbers from <paramref name="start"/> up to but not <paramref name="stop"/>.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        bool real = start.Tag == Tag.Double || stop.Tag == Tag.Double || step.Tag == Tag.Double;
        var t = Op.Call(Ops.arange_start_step, start, stop, step, ("dtype", dtype ?? (real ? defaultType : ScalarType.Int64)),
            ("device", InitializeDevice(device)));
        return requires_grad ? t.requires_grad_() : t;
    }

    /// <inheritdoc cref="arange(Scalar, Scalar, Scalar, ScalarType?, Device?, bool)"/>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>Numbers from 0 up to but not <paramref name="stop"/>.</summary>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>Evenly spaced numbers, both ends included.</summary>
    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var t = Op.Call(Ops.linspace, start, end, steps, ("dtype", dtype ?? defaultType), ("device", InitializeDevice(device)));
        return requires_grad ? t.requires_grad_() : t;
    }

    /// <summary>The base to evenly spaced powers, both ends included.</summary>
    public static Tensor logspace(
        double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
    {
        var t = Op.Call(Ops.logspace, start, end, steps, @base, ("dtype", dtype ?? defaultType), ("device", InitializeDevice(device)));
        return requires_grad ? t.requires_grad_() : t;
    }

    /// <summary>Ones on the diagonal, zeros elsewhere.</summary>
    public static Tensor eye(
        long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Unnamed(names);
        var t = Op.Call(Ops.eye_m, rows, columns < 0 ? rows : columns,
            ("dtype", dtype ?? defaultType), ("device", InitializeDevice(device)));
        return requires_grad ? t.requires_grad_() : t;
    }

    /// <summary>Uninitialised elements at those strides.</summary>
    public static Tensor empty_strided(
        long[] size, long[] strides, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Unnamed(names);
        var t = Op.Call(Ops.empty_strided, size, strides, ("dtype", dtype ?? defaultType), ("device", InitializeDevice(device)));
        return requires_grad ? t.requires_grad_() : t;
    }

    /// <summary>Normal numbers of that mean and standard deviation.</summary>
    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null)
    {
        var t = empty(size, dtype, device, false, names).normal_(mean, std, generator);
        return requires_grad ? t.requires_grad_() : t;
    }

    /// <summary>Normal numbers of those means and standard deviations.</summary>
    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) =>
        Op.Call(Ops.normal_Tensor_Tensor, mean, std, ("generator", generator));

    /// <summary>The integers below <paramref name="n"/> in random order.</summary>
    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        var t = Op.Call(Ops.randperm_generator, n, generator, ("dtype", dtype ?? ScalarType.Int64), ("device", InitializeDevice(device)));
        return requires_grad ? t.requires_grad_() : t;
    }

    /// <summary>Integers from <paramref name="low"/> up to but not <paramref name="high"/>.</summary>
    public static Tensor randint(
        long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null)
    {
        Unnamed(names);
        var t = Op.Call(Ops.randint_low_generator, low, high, size.Shape, generator, ("dtype", dtype ?? ScalarType.Int64),
            ("device", InitializeDevice(device)));
        return requires_grad ? t.requires_grad_() : t;
    }

    /// <summary>Integers from 0 up to but not <paramref name="high"/>.</summary>
    public static Tensor randint(
        long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="randint(long, Size, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(0, high, new Size(size), dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="randint(long, long, Size, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(low, high, new Size(size), dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="randint(long, long, Size, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor randint(
        int low, int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(low, high, new Size(size), dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="randint(long, Size, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor randint(
        int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(0, high, new Size(size), dtype, device, requires_grad, generator, names);

    /// <summary>The places on and below a diagonal. [2, n]</summary>
    public static Tensor tril_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Op.Call(Ops.tril_indices, row, col, offset, ("dtype", dtype), ("device", InitializeDevice(device)));

    /// <summary>The places on and above a diagonal. [2, n]</summary>
    public static Tensor triu_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Op.Call(Ops.triu_indices, row, col, offset, ("dtype", dtype), ("device", InitializeDevice(device)));
}
