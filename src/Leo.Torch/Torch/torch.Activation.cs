namespace TorchSharp;

public static partial class torch
{
    // The same as static functions.

    /// <summary>The normalised exponentials along one dimension.</summary>
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
}
