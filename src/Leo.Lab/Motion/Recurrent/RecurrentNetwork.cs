using Leo.Lab.Diffusion;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Motion.Recurrent;

/// <summary>A gated recurrent unit (Cho et al. 2014) over codes, which tells mean and deviation of the next step.</summary>
public sealed class RecurrentNetwork : nn.Module<Tensor, Tensor, (Tensor State, Tensor Mean, Tensor LogDeviation)>
{
    // Beyond these a step would be certain to the last bit, or larger than all codes.
    private const double Narrowest = -5, Widest = 2;

#pragma warning disable IDE1006 // names of checkpoints
    private readonly Linear start;
    private readonly Linear input;
    private readonly Linear hidden;
    private readonly Linear head;
#pragma warning restore IDE1006

    /// <summary>Builds the network; outside any dispose scope.</summary>
    /// <param name="settings">The widths.</param>
    /// <param name="seed">The run's seed, for the initial weights.</param>
    public RecurrentNetwork(RecurrentSettings settings, long seed) : base(nameof(RecurrentNetwork))
    {
        settings.Validate();
        (start, input, hidden, head) = (nn.Linear(settings.Dim, settings.Width), nn.Linear(settings.Dim, 3L * settings.Width), nn.Linear(settings.Width, 3L * settings.Width), nn.Linear(settings.Width, 2L * settings.Dim));
        RegisterComponents();
        WeightInit.Reset(this, seed, name => name.StartsWith("head.", StringComparison.Ordinal));
    }

    /// <summary>The state before anything has moved, from first codes.</summary>
    /// <param name="first">[B, D], in the model's units.</param>
    /// <returns>[B, W].</returns>
    public Tensor Begin(Tensor first)
    {
        using var scope = NewDisposeScope();
        return start.forward(first).tanh().MoveToOuterDisposeScope();
    }

    /// <summary>One frame further.</summary>
    /// <param name="code">[B, D], in the model's units.</param>
    /// <param name="state">[B, W].</param>
    /// <returns>The new state, and mean and logarithm of the deviation [B, D] of the step to the next code.</returns>
    public override (Tensor State, Tensor Mean, Tensor LogDeviation) forward(Tensor code, Tensor state)
    {
        using var scope = NewDisposeScope();
        Tensor[] x = Parts(input.forward(code), 3), h = Parts(hidden.forward(state), 3);
        var reset = (x[0] + h[0]).sigmoid();
        var keep = (x[1] + h[1]).sigmoid();
        var fresh = (x[2] + reset * h[2]).tanh();
        var next = fresh + keep * (state - fresh);
        var told = Parts(head.forward(next), 2);
        return (next.MoveToOuterDisposeScope(), told[0].MoveToOuterDisposeScope(), told[1].clamp(Narrowest, Widest).MoveToOuterDisposeScope());
    }

    // [B, n·W] → n × [B, W]
    private static Tensor[] Parts(Tensor joined, int count)
    {
        long width = joined.shape[1] / count;
        return [.. Enumerable.Range(0, count).Select(i => joined.narrow(1, i * width, width))];
    }
}
