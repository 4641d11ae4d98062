using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x where positive, otherwise a trained slope · x (He et al. 2015).</summary>
public sealed class PReLU : nn.Module<Tensor, Tensor>
{
    internal PReLU(long num_parameters, double init, Device? device, ScalarType? dtype) : base(nameof(PReLU))
    {
        this.num_parameters = num_parameters;
        this.init = init;
        weight = new Parameter(full(num_parameters, init, dtype, device));
    }

    /// <summary>The slopes: one, or one a channel.</summary>
    public Parameter weight
    {
        get => OwnParameter(nameof(weight))!;
        set => SetOwnParameter(nameof(weight), value ?? throw new ArgumentNullException(nameof(weight)));
    }

    /// <summary>Number of slopes.</summary>
    public long num_parameters { get; private set; }

    /// <summary>What they start with.</summary>
    public double init { get; private set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.prelu(tensor, weight);

    /// <inheritdoc/>
    public override string GetName() => nameof(PReLU);
}
