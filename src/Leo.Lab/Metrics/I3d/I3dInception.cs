#pragma warning disable IDE1006 // fields are state-dict keys
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.I3d;

/// <summary>Four branches side by side – 1×1×1, two with a 3×3×3 behind it, and one behind a pooling: <c>InceptionModule</c>.</summary>
internal sealed class I3dInception : nn.Module<Tensor, Tensor>
{
    internal I3dUnit b0, b1a, b1b, b2a, b2b, b3b;

    /// <summary>Makes the block.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="widths">Channels of b0, b1a, b1b, b2a, b2b and b3b.</param>
    /// <param name="epsilon">Of the normalisations.</param>
    internal I3dInception(int inputs, int[] widths, double epsilon) : base(nameof(I3dInception))
    {
        b0 = new I3dUnit(inputs, widths[0], 1, 1, epsilon);
        b1a = new I3dUnit(inputs, widths[1], 1, 1, epsilon);
        b1b = new I3dUnit(widths[1], widths[2], 3, 1, epsilon);
        b2a = new I3dUnit(inputs, widths[3], 1, 1, epsilon);
        b2b = new I3dUnit(widths[3], widths[4], 3, 1, epsilon);
        b3b = new I3dUnit(inputs, widths[5], 1, 1, epsilon);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var pooled = MaxPooling.Same(input, [3, 3, 3], [1, 1, 1]);
        return cat([b0.forward(input), b1b.forward(b1a.forward(input)), b2b.forward(b2a.forward(input)), b3b.forward(pooled)], 1).MoveToOuterDisposeScope();
    }
}
