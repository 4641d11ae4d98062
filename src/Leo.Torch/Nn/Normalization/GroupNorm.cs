using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Normalises each group of channels of each sample to mean 0 and variance 1, then scales and shifts each channel
/// (Wu &amp; He 2018). Weight starts at 1 and bias at 0; do not rely on it, TorchSharp leaves them uninitialised.
/// </summary>
public sealed class GroupNorm : nn.Module<Tensor, Tensor>
{
    internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, Device? device, ScalarType? dtype)
        : base(nameof(GroupNorm))
    {
        this.num_groups = num_groups;
        this.eps = eps;
        this.affine = affine;
        if (!affine) return;
        weight = new Parameter(ones(num_channels, dtype, device));
        bias = new Parameter(zeros(num_channels, dtype, device));
    }

    /// <summary>Scale of each channel.</summary>
    public Parameter weight
    {
        get => OwnParameter(nameof(weight))!;
        set => SetOwnParameter(nameof(weight), value ?? throw new ArgumentNullException(nameof(weight)));
    }

    /// <summary>Shift of each channel.</summary>
    public Parameter? bias
    {
        get => OwnParameter(nameof(bias));
        set => SetOwnParameter(nameof(bias), value);
    }

    /// <summary>Number of groups.</summary>
    public long num_groups { get; set; }

    /// <summary>Added to the variance.</summary>
    public double eps { get; set; }

    /// <summary>Are there scale and shift?</summary>
    public bool affine { get; set; }

    /// <summary>[N, C, …] → the same</summary>
    /// <exception cref="ArgumentException">Fewer than three dimensions.</exception>
    public override Tensor forward(Tensor tensor)
    {
        if (tensor.Dimensions < 3)
            throw new ArgumentException($"GroupNorm takes [N, C, …], not {tensor.Dimensions} dimensions.", nameof(tensor));
        return nn.functional.group_norm(tensor, num_groups, OwnParameter(nameof(weight)), bias, eps);
    }
}
