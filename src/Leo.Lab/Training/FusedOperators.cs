using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>
/// Operators over lists of tensors, which libtorch has and TorchSharp does not name: one call in place of several for each weight. They are reached
/// through TorchScript.
/// </summary>
internal static class FusedOperators
{
    private static readonly NativeScripts Unit = new("""
        def adam(weights: List[Tensor], gradients: List[Tensor], averages: List[Tensor], squares: List[Tensor], largest: List[Tensor], steps: List[Tensor], rate: float, beta1: float, beta2: float, decay: float, epsilon: float, amsgrad: bool, maximize: bool):
            torch._fused_adam_(weights, gradients, averages, squares, largest, steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=amsgrad, maximize=maximize)
        def lerp(averages: List[Tensor], live: List[Tensor], share: float):
            torch._foreach_lerp_(averages, live, share)
        def copy(targets: List[Tensor], sources: List[Tensor]):
            torch._foreach_copy_(targets, sources)

        """);

    /// <summary>One step of Adam (Kingma &amp; Ba 2015) on all weights.</summary>
    /// <param name="weights">Changed.</param>
    /// <param name="gradients">Of the weights, in their order.</param>
    /// <param name="averages">First moments; changed.</param>
    /// <param name="squares">Second moments; changed.</param>
    /// <param name="largest">Largest second moments, with amsgrad; else empty.</param>
    /// <param name="step">Number of this step, from 1.</param>
    /// <param name="options">All set.</param>
    internal static void Adam(Tensor[] weights, Tensor[] gradients, Tensor[] averages, Tensor[] squares, Tensor[] largest, long step, TorchSharp.Modules.Adam.Options options)
    {
        using var number = full([], step, float32, weights[0].device);
        Unit.Call("adam", weights, gradients, averages, squares, largest, Enumerable.Repeat(number, weights.Length).ToArray(),
            options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value, options.weight_decay!.Value, options.eps!.Value, options.amsgrad!.Value, options.maximize!.Value);
    }

    /// <summary>Moves each average towards its live tensor by a share of the way.</summary>
    internal static void Lerp(Tensor[] averages, Tensor[] live, double share)
    {
        if (averages.Length > 0) Unit.Call("lerp", averages, live, share);
    }

    /// <summary>Copies each source into its target.</summary>
    internal static void Copy(Tensor[] targets, Tensor[] sources)
    {
        if (targets.Length > 0) Unit.Call("copy", targets, sources);
    }
}
