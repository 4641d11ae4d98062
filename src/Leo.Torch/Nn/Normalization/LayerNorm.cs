using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Normalises the last dimensions to mean 0 and variance 1, then scales and shifts each element (Ba et al. 2016).
/// </summary>
public sealed class LayerNorm : nn.Module<Tensor, Tensor>
{
    internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(LayerNorm))
    {
        this.normalized_shape = normalized_shape;
        this.eps = eps;
        this.elementwise_affine = elementwise_affine;
        if (!elementwise_affine) return;
        weight = new Parameter(empty(normalized_shape, dtype, device));
        if (bias) this.bias = new Parameter(empty(normalized_shape, dtype, device));
        reset_parameters();
    }

    /// <summary>Scale of each element.</summary>
    public Parameter weight
    {
        get => OwnParameter(nameof(weight))!;
        set => SetOwnParameter(nameof(weight), value ?? throw new ArgumentNullException(nameof(weight)));
    }

    /// <summary>Shift of each element.</summary>
    public Parameter? bias
    {
        get => OwnParameter(nameof(bias));
        set => SetOwnParameter(nameof(bias), value);
    }

    /// <summary>The dimensions that are normalised together.</summary>
    public long[] normalized_shape { get; set; }

    /// <summary>Added to the variance.</summary>
    public double eps { get; set; }

    /// <summary>Are there scale and shift?</summary>
    public bool elementwise_affine { get; set; }

    /// <summary>Sets scale to 1 and shift to 0.</summary>
    public void reset_parameters()
    {
        if (elementwise_affine) nn.init.ones_(weight);
        if (bias is not null) nn.init.zeros_(bias);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor)
        => nn.functional.layer_norm(tensor, normalized_shape, OwnParameter(nameof(weight)), bias, eps);
}
