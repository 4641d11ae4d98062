namespace TorchSharp;

public static partial class torch
{
    // Tensors made after the model of another.

    /// <summary>Uninitialised, of this shape.</summary>
    public static Tensor empty_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Unnamed(names);
        return input.empty_like(dtype, device, requires_grad);
    }

    /// <summary>Zeros of this shape.</summary>
    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Unnamed(names);
        return input.zeros_like(dtype, device, requires_grad);
    }

    /// <summary>Ones of this shape.</summary>
    public static Tensor ones_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Unnamed(names);
        return input.ones_like(dtype, device, requires_grad);
    }

    /// <summary>Drawn evenly from [0, 1), of this shape.</summary>
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.rand_like(dtype, device, requires_grad);

    /// <summary>Drawn from the standard normal distribution, of this shape.</summary>
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.randn_like(dtype, device, requires_grad);

    /// <summary>That number in this shape.</summary>
    public static Tensor full_like(
        Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Unnamed(names);
        return input.full_like(value, dtype, device, requires_grad);
    }

    /// <summary>Integers from <paramref name="low"/> up to but not <paramref name="high"/>, of this shape.</summary>
    public static Tensor randint_like(
        Tensor input, long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.randint_like(low, high, dtype, device, requires_grad);
}
