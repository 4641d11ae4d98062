using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>
/// TorchSharp's Adam, whose step is one fused operator for all weights, as PyTorch's <c>Adam(fused=True)</c>; options and state are TorchSharp's.
/// Its own step takes ten calls a weight, which for a small model is as long as the rest of the training step.
/// </summary>
/// <param name="parameters">What to train.</param>
/// <param name="rate">Learning rate.</param>
/// <param name="beta1">Share of the old first moment.</param>
/// <param name="beta2">Share of the old second moment.</param>
public sealed class FusedAdam(IEnumerable<Parameter> parameters, double rate = 1e-3, double beta1 = 0.9, double beta2 = 0.999)
    : Adam(parameters, rate, beta1, beta2)
{
    /// <summary>Where this is above 0, <see cref="step"/> changes nothing; one element, where the weights are. Null for steps that are certain.</summary>
    internal Tensor? Skip { get; set; }

    /// <summary>Takes back the count of a step that <see cref="Skip"/> turned out to have left out.</summary>
    internal void Uncount()
    {
        foreach (var weight in _parameter_groups.SelectMany(g => g.Parameters).Where(w => w.grad is not null))
            ((State)_state[weight.Handle]).step--;
    }

    /// <inheritdoc/>
    /// <remarks>Weights without a gradient are left out, as TorchSharp does.</remarks>
    public override Tensor step(Func<Tensor>? closure = null)
    {
        using var noGrad = no_grad();
        Tensor? loss = null;
        if (closure is not null)
        {
            using var grad = enable_grad();
            loss = closure();
        }
        using var scope = NewDisposeScope();
        foreach (var group in _parameter_groups.Cast<Adam.ParamGroup>())
        {
            var moved = new List<(Parameter Weight, Tensor Gradient, State State)>();
            foreach (var weight in group.Parameters)
            {
                if (weight.grad is not { } gradient) continue;
                var state = (State)_state[weight.Handle];
                state.step++;
                moved.Add((weight, gradient, state));
            }
            var options = (Options)group.Options;
            foreach (var alike in moved.GroupBy(m => m.State.step))
            {
                FusedOperators.Adam([.. alike.Select(m => m.Weight)], [.. alike.Select(m => m.Gradient)], [.. alike.Select(m => m.State.exp_avg)], [.. alike.Select(m => m.State.exp_avg_sq)],
                    options.amsgrad == true ? [.. alike.Select(m => m.State.max_exp_avg_sq)] : [], alike.Key, options, Skip);
            }
        }
        return loss!;
    }
}
