using static TorchSharp.torch;

namespace Leo.Lab;

/// <summary>
/// Where activations change their type. A layer computes in the type of what it is given, so these two places, and not a state of the process, decide
/// what is computed in bfloat16.
/// </summary>
/// <remarks>
/// Activations in bfloat16 lie channels last: oneDNN convolves them without re-ordering, which is half of a narrow layer's time. float32 lies as ever.
/// </remarks>
internal static class Activations
{
    // libtorch's numbers: 15 is bfloat16, 6 float32; 2 is channels last, 0 as ever.
    private static readonly NativeScripts Unit = new("""
        def enter(x: Tensor):
            return x.to(15, memory_format=2)
        def leave(x: Tensor):
            return x.to(6, memory_format=0)

        """);

    /// <summary>Maps [B, C, H, W] as the layers of a network take them; what comes in where nothing changes.</summary>
    internal static Tensor Enter(Tensor x, Precision precision) => precision == Precision.Bfloat16 ? (Tensor)Unit.Call("enter", x) : x;

    /// <summary>Maps that layers made, in float32; what comes in where it is no bfloat16.</summary>
    internal static Tensor Leave(Tensor x) => x.dtype == bfloat16 ? (Tensor)Unit.Call("leave", x) : x;
}
