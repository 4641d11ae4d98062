using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number of a type known only at run time, as operators take it. Holds nothing native here.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly Tag Tag;
    internal readonly long Bits;

    internal Scalar(ScalarType type, Tag tag, long bits)
    {
        Type = type;
        Tag = tag;
        Bits = bits;
    }

    private Scalar(ScalarType type, double value) : this(type, Tag.Double, BitConverter.DoubleToInt64Bits(value)) { }

    /// <summary>Float64, Int64 or Bool: libtorch keeps scalars in the widest type of their kind.</summary>
    public ScalarType Type { get; }

    internal double AsDouble => Tag == Tag.Double ? BitConverter.Int64BitsToDouble(Bits) : Bits;
    internal long AsInt64 => Tag == Tag.Double ? checked((long)AsDouble) : Bits;

    /// <summary>Nothing to free; here because TorchSharp's is disposable.</summary>
    public void Dispose() { }

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(byte value) => new(ScalarType.Int64, Tag.Int, value);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(sbyte value) => new(ScalarType.Int64, Tag.Int, value);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(short value) => new(ScalarType.Int64, Tag.Int, value);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(int value) => new(ScalarType.Int64, Tag.Int, value);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(long value) => new(ScalarType.Int64, Tag.Int, value);

    /// <summary>A floating-point number.</summary>
    public static implicit operator Scalar(Half value) => new(ScalarType.Float64, (double)value);

    /// <inheritdoc cref="op_Implicit(Half)"/>
    public static implicit operator Scalar(float value) => new(ScalarType.Float64, (double)value);

    /// <inheritdoc cref="op_Implicit(Half)"/>
    public static implicit operator Scalar(double value) => new(ScalarType.Float64, value);

    /// <summary>A truth.</summary>
    public static implicit operator Scalar(bool value) => new(ScalarType.Bool, Tag.Bool, value ? 1 : 0);
}
