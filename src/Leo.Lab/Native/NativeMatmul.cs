using System.Runtime.InteropServices;

namespace Leo.Lab;

/// <summary>
/// <c>matmul</c> that throws. TorchSharp 0.107 forgot to catch libtorch's errors in it: factors that do not fit, or memory that runs out, abort the
/// process, and with it a notebook's whole state. Its functions for two matrices, two vectors and so on do catch them.
/// </summary>
internal static unsafe class NativeMatmul
{
    private static delegate* unmanaged<nint, long> dimensions;
    private static delegate* unmanaged<nint, long, long> size;
    private static delegate* unmanaged<nint, nint, nint> mm, mv, dot, bmm;
    private static delegate* unmanaged<byte*, nint*, int, nint> einsum;

    /// <summary>Puts <see cref="Multiply"/> in the place of TorchSharp's function.</summary>
    /// <param name="sharp">TorchSharp's native half, loaded.</param>
    /// <returns>Whether <c>matmul</c> now throws.</returns>
    public static bool ThrowOnShapes(nint sharp)
    {
        dimensions = (delegate* unmanaged<nint, long>)NativeLibrary.GetExport(sharp, "THSTensor_ndimension");
        size = (delegate* unmanaged<nint, long, long>)NativeLibrary.GetExport(sharp, "THSTensor_size");
        mm = (delegate* unmanaged<nint, nint, nint>)NativeLibrary.GetExport(sharp, "THSTensor_mm");
        mv = (delegate* unmanaged<nint, nint, nint>)NativeLibrary.GetExport(sharp, "THSTensor_mv");
        dot = (delegate* unmanaged<nint, nint, nint>)NativeLibrary.GetExport(sharp, "THSTensor_dot");
        bmm = (delegate* unmanaged<nint, nint, nint>)NativeLibrary.GetExport(sharp, "THSTensor_bmm");
        einsum = (delegate* unmanaged<byte*, nint*, int, nint>)NativeLibrary.GetExport(sharp, "THSTensor_einsum");
        return NativeJump.Put(sharp, "THSTensor_matmul", (nint)(delegate* unmanaged<nint, nint, nint>)&Multiply);
    }

    // Each branch is what at::matmul does for such factors; an error is kept by the function called, where TorchSharp looks for it.
    [UnmanagedCallersOnly]
    private static nint Multiply(nint left, nint right)
    {
        switch (dimensions(left), dimensions(right))
        {
            case (2, 2): return mm(left, right);
            case (1, 1): return dot(left, right);
            case (2, 1): return mv(left, right);
            case (0, _) or (_, 0): return mm(left, right);                 // "self must be a matrix"
            case var (l, r):
                // einsum would repeat a side of length 1.
                if (size(left, -1) != size(right, r == 1 ? -1 : -2)) return bmm(left, right);
                nint* factors = stackalloc nint[] { left, right };
                fixed (byte* equation = l == 1 ? "j,...jk->...k\0"u8 : r == 1 ? "...ij,j->...i\0"u8 : "...ij,...jk->...ik\0"u8)
                    return einsum(equation, factors, 2);
        }
    }
}
