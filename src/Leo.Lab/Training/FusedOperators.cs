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
        def adam_unless(weights: List[Tensor], gradients: List[Tensor], averages: List[Tensor], squares: List[Tensor], largest: List[Tensor], steps: List[Tensor], rate: float, beta1: float, beta2: float, decay: float, epsilon: float, amsgrad: bool, maximize: bool, skip: Tensor):
            torch._fused_adam_(weights, gradients, averages, squares, largest, steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=amsgrad, maximize=maximize, found_inf=skip)
        def lerp(averages: List[Tensor], live: List[Tensor], share: float):
            torch._foreach_lerp_(averages, live, share)
        def lerp_unless(averages: List[Tensor], live: List[Tensor], share: float, skip: Tensor):
            weight = share * (1 - skip)
            torch._foreach_lerp_(averages, live, [weight for a in averages])
        def norm(gradients: List[Tensor]) -> Tensor:
            return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradients)))
        def clip(gradients: List[Tensor], norm: Tensor, largest: float):
            torch._foreach_mul_(gradients, torch.clamp(largest / (norm + 1e-6), max=1.0))
        def put_back(live: List[Tensor], kept: List[Tensor], skip: Tensor):
            for i in range(len(live)):
                live[i].copy_(torch.where(skip > 0, kept[i], live[i]))
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
    /// <param name="skip">Where it is above 0, nothing changes; one element, where the weights are. Null for a step that is certain.</param>
    internal static void Adam(Tensor[] weights, Tensor[] gradients, Tensor[] averages, Tensor[] squares, Tensor[] largest, long step, TorchSharp.Modules.Adam.Options options, Tensor? skip = null)
    {
        using var number = full([], step, float32, weights[0].device);
        object[] arguments =
        [
            weights, gradients, averages, squares, largest, Enumerable.Repeat(number, weights.Length).ToArray(),
            options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value, options.weight_decay!.Value, options.eps!.Value, options.amsgrad!.Value, options.maximize!.Value,
        ];
        if (skip is null)
            Unit.Call("adam", arguments);
        else
            Unit.Call("adam_unless", [.. arguments, skip]);
    }

    /// <summary>Moves each average towards its live tensor by a share of the way.</summary>
    /// <param name="averages">Changed.</param>
    /// <param name="live">In their order.</param>
    /// <param name="share">0 to 1.</param>
    /// <param name="skip">As for <see cref="Adam"/>.</param>
    internal static void Lerp(Tensor[] averages, Tensor[] live, double share, Tensor? skip = null)
    {
        if (averages.Length == 0)
            return;
        if (skip is null)
            Unit.Call("lerp", averages, live, share);
        else
            Unit.Call("lerp_unless", averages, live, share, skip);
    }

    /// <summary>Norm of all gradients together, one element where they are.</summary>
    internal static Tensor Norm(Tensor[] gradients) => (Tensor)Unit.Call("norm", [gradients]);

    /// <summary>Scales gradients down to a norm, as <c>clip_grad_norm_</c> does, without reading it.</summary>
    /// <param name="gradients">Changed.</param>
    /// <param name="norm">What <see cref="Norm"/> gave.</param>
    /// <param name="largest">The largest norm.</param>
    internal static void Clip(Tensor[] gradients, Tensor norm, double largest) => Unit.Call("clip", gradients, norm, largest);

    /// <summary>Copies each kept tensor into its live one, where <paramref name="skip"/> is above 0.</summary>
    internal static void PutBack(Tensor[] live, Tensor[] kept, Tensor skip)
    {
        if (live.Length > 0) Unit.Call("put_back", live, kept, skip);
    }

    /// <summary>Copies each source into its target.</summary>
    internal static void Copy(Tensor[] targets, Tensor[] sources)
    {
        if (targets.Length > 0) Unit.Call("copy", targets, sources);
    }
}
