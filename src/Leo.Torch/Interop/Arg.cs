using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>One argument of an operator; made implicitly, never boxed. Omitted ones take the schema's default.</summary>
internal readonly struct Arg
{
    internal readonly object? Ref;
    internal readonly long Bits;
    internal readonly Tag Tag;
    internal readonly string? Name;

    private Arg(Tag tag, object? reference = null, long bits = 0, string? name = null)
    {
        Tag = tag;
        Ref = reference;
        Bits = bits;
        Name = name;
    }

    /// <summary>The schema's None.</summary>
    public static Arg None => new(Tag.None);

    /// <summary>The schema's default.</summary>
    public static Arg Default => default;

    public Arg Named(string name) => new(Tag, Ref, Bits, name);

    public static implicit operator Arg(Tensor? v) => v is null ? None : new(Tag.Tensor, v);
    public static implicit operator Arg(Generator? v) => v is null ? None : new(Tag.Generator, v);
    public static implicit operator Arg(Scalar? v) => v is null ? None : new(v.Tag, null, v.Bits);
    public static implicit operator Arg(int v) => new(Tag.Int, null, v);
    public static implicit operator Arg(int? v) => v is { } x ? x : None;
    public static implicit operator Arg(long v) => new(Tag.Int, null, v);
    public static implicit operator Arg(long? v) => v is { } x ? x : None;
    public static implicit operator Arg(double v) => new(Tag.Double, null, BitConverter.DoubleToInt64Bits(v));
    public static implicit operator Arg(double? v) => v is { } x ? x : None;
    public static implicit operator Arg(bool v) => new(Tag.Bool, null, v ? 1 : 0);
    public static implicit operator Arg(bool? v) => v is { } x ? x : None;
    public static implicit operator Arg(ScalarType v) => new(Tag.Int, null, (int)v);
    public static implicit operator Arg(ScalarType? v) => v is { } x ? x : None;
    public static implicit operator Arg(Device? v) => v is null ? None : new(Tag.Int, null, (long)v.type << 8 | (byte)(sbyte)v.index);
    public static implicit operator Arg(string? v) => v is null ? None : new(Tag.String, v);
    public static implicit operator Arg(long[]? v) => v is null ? None : new(Tag.Ints, v);
    public static implicit operator Arg(int[]? v) => v is null ? None : new(Tag.Ints, Array.ConvertAll(v, x => (long)x));
    public static implicit operator Arg(ReadOnlySpan<long> v) => new(Tag.Ints, v.ToArray());
    public static implicit operator Arg(double[]? v) => v is null ? None : new(Tag.Doubles, v);
    public static implicit operator Arg(bool[]? v) => v is null ? None : new(Tag.Bools, v);
    public static implicit operator Arg(Tensor?[] v) => new(Tag.Tensors, v);
    public static implicit operator Arg((string Name, Arg Value) v) => v.Value.Named(v.Name);
}
