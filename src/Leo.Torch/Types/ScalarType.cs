namespace TorchSharp;

public static partial class torch
{
    /// <summary>What a tensor's elements are; the numbers are libtorch's.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>Unsigned 8-bit integer.</summary>
        Byte = 0,
        /// <summary>Signed 8-bit integer.</summary>
        Int8 = 1,
        /// <summary>Signed 16-bit integer.</summary>
        Int16 = 2,
        /// <summary>Signed 32-bit integer.</summary>
        Int32 = 3,
        /// <summary>Signed 64-bit integer.</summary>
        Int64 = 4,
        /// <summary>IEEE half precision.</summary>
        Float16 = 5,
        /// <summary>IEEE single precision, the default.</summary>
        Float32 = 6,
        /// <summary>IEEE double precision.</summary>
        Float64 = 7,
        /// <summary>A pair of single-precision numbers.</summary>
        ComplexFloat32 = 9,
        /// <summary>A pair of double-precision numbers.</summary>
        ComplexFloat64 = 10,
        /// <summary>One byte, 0 or 1.</summary>
        Bool = 11,
        /// <summary>Single precision's range in 16 bits.</summary>
        BFloat16 = 15
    }
}
