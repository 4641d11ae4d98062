#pragma warning disable IDE1006 // fields are state-dict keys
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.I3d;

/// <summary>Convolution with "same" padding, batch normalisation and rectifier: <c>Unit3D</c>.</summary>
internal sealed class I3dUnit : nn.Module<Tensor, Tensor>
{
    internal Conv3d conv3d;
    internal BatchNorm3d? bn;
    private readonly long[] window, stride;
    private readonly double epsilon;
    private (Tensor Weight, Tensor Bias)? folded; // in a tuple, so that they are not registered

    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="size">Side of the window along T, H and W.</param>
    /// <param name="step">Stride along T, H and W.</param>
    /// <param name="epsilon">Of the normalisation; null for the last layer, which has a bias instead and no rectifier.</param>
    internal I3dUnit(int inputs, int outputs, int size, int step, double? epsilon) : base(nameof(I3dUnit))
    {
        (window, stride) = ([size, size, size], [step, step, step]);
        conv3d = nn.Conv3d(inputs, outputs, (size, size, size), (step, step, step), bias: epsilon is null);
        this.epsilon = epsilon ?? 0;
        bn = epsilon is { } e ? nn.BatchNorm3d(outputs, e) : null;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (x, padding) = SamePadding.Apply(input, window, stride);
        if (bn is null)
            return nn.functional.conv3d(x, conv3d.weight, conv3d.bias, stride, padding).MoveToOuterDisposeScope();
        if (folded is { } f)
            return nn.functional.conv3d(x, f.Weight, f.Bias, stride, padding).relu_().MoveToOuterDisposeScope();
        x = nn.functional.conv3d(x, conv3d.weight, null, stride, padding);
        return bn.forward(x).relu_().MoveToOuterDisposeScope();
    }

    /// <summary>Takes the normalisation into the convolution, now that the weights will not change any more: one pass over the clip less.</summary>
    internal void Fold()
    {
        if (bn is null)
            return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var scale = bn.weight! * (bn.running_var! + epsilon).rsqrt();
        folded?.Weight.Dispose();
        folded?.Bias.Dispose();
        folded = ((conv3d.weight! * scale.reshape(-1, 1, 1, 1, 1)).DetachFromDisposeScope(), (bn.bias! - bn.running_mean! * scale).DetachFromDisposeScope());
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            folded?.Weight.Dispose();
            folded?.Bias.Dispose();
        }
        base.Dispose(disposing);
    }
}
