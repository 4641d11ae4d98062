namespace TorchSharp;

public static partial class torch
{
    private static ScalarType defaultType = ScalarType.Float32;

    /// <summary>One byte, 0 or 1.</summary>
    public static ScalarType @bool = ScalarType.Bool;
    /// <summary>Unsigned 8-bit integer.</summary>
    public static ScalarType uint8 = ScalarType.Byte;
    /// <summary>Signed 8-bit integer.</summary>
    public static ScalarType int8 = ScalarType.Int8;
    /// <summary>Signed 16-bit integer.</summary>
    public static ScalarType int16 = ScalarType.Int16;
    /// <summary>Signed 32-bit integer.</summary>
    public static ScalarType int32 = ScalarType.Int32;
    /// <summary>Signed 64-bit integer.</summary>
    public static ScalarType int64 = ScalarType.Int64;
    /// <summary>Single precision's range in 16 bits.</summary>
    public static ScalarType bfloat16 = ScalarType.BFloat16;
    /// <summary>IEEE half precision.</summary>
    public static ScalarType float16 = ScalarType.Float16;
    /// <summary>IEEE single precision.</summary>
    public static ScalarType float32 = ScalarType.Float32;
    /// <summary>IEEE double precision.</summary>
    public static ScalarType float64 = ScalarType.Float64;
    /// <inheritdoc cref="int16"/>
    public static ScalarType @short = ScalarType.Int16;
    /// <inheritdoc cref="int32"/>
    public static ScalarType @int = ScalarType.Int32;
    /// <inheritdoc cref="int64"/>
    public static ScalarType @long = ScalarType.Int64;
    /// <inheritdoc cref="float16"/>
    public static ScalarType half = ScalarType.Float16;
    /// <inheritdoc cref="float32"/>
    public static ScalarType @float = ScalarType.Float32;
    /// <inheritdoc cref="float64"/>
    public static ScalarType @double = ScalarType.Float64;

    /// <summary>What factories make when not told.</summary>
    public static ScalarType get_default_dtype() => defaultType;

    /// <summary>Says what factories make when not told.</summary>
    /// <exception cref="ArgumentException">Not a floating-point type.</exception>
    public static void set_default_dtype(ScalarType dtype)
    {
        if (!is_floating_point(dtype)) throw new ArgumentException("Only floating point types can be the default.");
        defaultType = dtype;
    }

    /// <summary>Whether that type holds integers or truths.</summary>
    public static bool is_integral(ScalarType type) =>
        type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;

    /// <summary>Whether that type holds real floating-point numbers.</summary>
    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.BFloat16 or ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64;

    /// <summary>Whether that type holds complex numbers.</summary>
    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;
}
