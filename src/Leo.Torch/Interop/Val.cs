using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>What a <see cref="Val"/> holds; the numbers are those of lt_tag in leotorch.cpp.</summary>
internal enum Tag { Default, None, Tensor, Int, Double, Bool, String, Ints, Doubles, Bools, Tensors, Generator }

/// <summary>One argument or result as it crosses the border: lt_val in leotorch.cpp.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct Val
{
    [FieldOffset(0)] public Tag Tag;
    [FieldOffset(4)] public int Len;
    [FieldOffset(8)] public long I;
    [FieldOffset(8)] public double D;
    [FieldOffset(8)] public nint P;
}
