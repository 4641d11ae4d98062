using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Makes an image of another size.</summary>
public sealed class Upsample : ParameterLessModule<Tensor, Tensor>
{
    private readonly long[]? newSize;
    private readonly double[]? scale;

    internal Upsample(long[]? size, double[]? scale_factor, UpsampleMode mode, bool? align_corners, bool? recompute_scale_factor)
        : base(nameof(Upsample))
    {
        newSize = size;
        scale = scale_factor;
        this.mode = mode;
        this.align_corners = align_corners;
        this.recompute_scale_factor = recompute_scale_factor;
    }

    /// <summary>Derive the scale from the rounded size again?</summary>
    public bool? recompute_scale_factor { get; set; }

    /// <summary>How.</summary>
    public UpsampleMode mode { get; private set; }

    /// <summary>Do the centres of the corner pixels stay in place?</summary>
    public bool? align_corners { get; private set; }

    /// <summary>The new size, or empty.</summary>
    public ReadOnlySpan<long> size => newSize;

    /// <summary>How many times larger, or empty.</summary>
    public ReadOnlySpan<double> scale_factor => scale;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
        => nn.functional.interpolate(input, newSize, scale, (InterpolationMode)mode, align_corners, recompute_scale_factor ?? false);
}
