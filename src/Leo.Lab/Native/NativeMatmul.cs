using System.Runtime.InteropServices;

namespace Leo.Lab;

/// <summary>
/// <c>matmul</c> that throws. TorchSharp 0.107 forgot to catch libtorch's errors in it: factors that do not fit, or memory that runs out, abort the
/// process, and with it a notebook's whole state. Its functions for two matrices, two vectors and so on do catch them.
/// </summary>
internal static unsafe class NativeMatmul
{
    private static delegate* unmanaged<nint, long> _dimensions;
    private static delegate* unmanaged<nint, long, long> _size;
    private static delegate* unmanaged<nint, nint, nint> _mm, _mv, _dot, _bmm;
    private static delegate* unmanaged<byte*, nint*, int, nint> _einsum;

    /// <summary>Puts <see cref="Multiply"/> in the place of TorchSharp's function.</summary>
    /// <param name="sharp">TorchSharp's native half, loaded.</param>
    /// <returns>Whether <c>matmul</c> now throws.</returns>
    public static bool ThrowOnShapes(nint sharp)
    {
        _dimensions = (delegate* unmanaged<nint, long>)NativeLibrary.GetExport(sharp, "THSTensor_ndimension");
        _size = (delegate* unmanaged<nint, long, long>)NativeLibrary.GetExport(sharp, "THSTensor_size");
        _mm = (delegate* unmanaged<nint, nint, nint>)NativeLibrary.GetExport(sharp, "THSTensor_mm");
        _mv = (delegate* unmanaged<nint, nint, nint>)NativeLibrary.GetExport(sharp, "THSTensor_mv");
        _dot = (delegate* unmanaged<nint, nint, nint>)NativeLibrary.GetExport(sharp, "THSTensor_dot");
        _bmm = (delegate* unmanaged<nint, nint, nint>)NativeLibrary.GetExport(sharp, "THSTensor_bmm");
        _einsum = (delegate* unmanaged<byte*, nint*, int, nint>)NativeLibrary.GetExport(sharp, "THSTensor_einsum");
        return NativeJump.Put(sharp, "THSTensor_matmul", (nint)(delegate* unmanaged<nint, nint, nint>)&Multiply);
    }

    // Each branch is what at::matmul does for such factors; an error is kept by the function called, where TorchSharp looks for it.
    [UnmanagedCallersOnly]
    private static nint Multiply(nint left, nint right)
    {
        switch (_dimensions(left), _dimensions(right))
        {
            case (2, 2): return _mm(left, right);
            case (1, 1): return _dot(left, right);
            case (2, 1): return _mv(left, right);
            case (0, _) or (_, 0): return _mm(left, right);                 // "self must be a matrix"
            case var (l, r):
                // einsum would repeat a side of length 1.
                if (_size(left, -1) != _size(right, r == 1 ? -1 : -2)) return _bmm(left, right);
                nint* factors = stackalloc nint[] { left, right };
                fixed (byte* equation = l == 1 ? "j,...jk->...k\0"u8 : r == 1 ? "...ij,j->...i\0"u8 : "...ij,...jk->...ik\0"u8)
                    return _einsum(equation, factors, 2);
        }
    }
}
