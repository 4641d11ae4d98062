#pragma warning disable IDE1006 // fields are state-dict keys
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

/// <summary>
/// Max pooling with "same" padding, along one side after the other: the largest of a box is the largest of the largest of its rows. libtorch's own looks at
/// every place of the box and keeps where the largest was, which costs I3D a third of its time.
/// </summary>
internal static class MaxPooling
{
    // Padding takes no part: what I3D pools has been through a rectifier, so that zeros are as good as −∞.
    private static readonly NativeScripts Unit = new("""
        def largest(x: Tensor, side: int, window: int, stride: int, near: int, count: int):
            length = x.size(side)
            y = torch.slice(x, side, 0, (count - 1) * stride + 1, stride).clone()
            for place in range(-near, window - near):
                if place != 0:
                    first = max(0, (stride - 1 - place) // stride)
                    last = min(count - 1, (length - 1 - place) // stride)
                    if first <= last:
                        rows = y.narrow(side, first, last - first + 1)
                        torch.maximum(rows, torch.slice(x, side, first * stride + place, last * stride + place + 1, stride), out=rows)
            return y

        """);

    /// <summary>Pools. Without gradient.</summary>
    /// <param name="x">[B, C, T, H, W], no number negative.</param>
    /// <param name="window">Size along T, H and W.</param>
    /// <param name="stride">Steps along T, H and W.</param>
    /// <returns>Sides divided by the stride and rounded up.</returns>
    internal static Tensor Same(Tensor x, long[] window, long[] stride)
    {
        using var scope = NewDisposeScope();
        for (int i = 0; i < 3; i++)
        {
            if (window[i] == 1 && stride[i] == 1) continue;
            long length = x.shape[i + 2];
            x = (Tensor)Unit.Call("largest", x, i + 2, (int)window[i], (int)stride[i], (int)SamePadding.Of(length, window[i], stride[i]).Near, (int)((length + stride[i] - 1) / stride[i]));
        }
        return x.MoveToOuterDisposeScope();
    }
}

/// <summary>TensorFlow's "same" padding: as many places come out as go in, divided by the stride and rounded up; an odd zero goes to the far end.</summary>
internal static class SamePadding
{
    /// <summary>Zeros at the near and the far end of one side.</summary>
    internal static (long Near, long Far) Of(long length, long window, long stride)
    {
        long all = Math.Max(window - (length % stride == 0 ? stride : length % stride), 0);
        return (all / 2, all - all / 2);
    }

    /// <summary>
    /// Pads for a window, or says that the operator can do it itself: copying a clip for its border costs as much as a pooling.
    /// </summary>
    /// <param name="x">[B, C, T, H, W].</param>
    /// <param name="window">Size along T, H and W.</param>
    /// <param name="stride">Steps along T, H and W.</param>
    /// <returns>What to give the operator, and the padding that is left to it.</returns>
    internal static (Tensor Input, long[] Left) Apply(Tensor x, long[] window, long[] stride)
    {
        var sides = window.Select((w, i) => Of(x.shape[i + 2], w, stride[i])).ToArray();
        if (sides.All(s => s.Near == s.Far))
            return (x, [.. sides.Select(s => s.Near)]);
        return (nn.functional.pad(x, [sides[2].Near, sides[2].Far, sides[1].Near, sides[1].Far, sides[0].Near, sides[0].Far]), [0, 0, 0]);
    }
}
