using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Means of windows of [N, C, D, H, W].</summary>
public sealed class AvgPool3d : ParameterLessModule<Tensor, Tensor>
{
    internal AvgPool3d(long[] kernel_size, long[]? stride, long[]? padding, bool ceil_mode, bool count_include_pad, long? divisor_override)
        : base(nameof(AvgPool3d))
    {
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.padding = padding;
        this.ceil_mode = ceil_mode;
        this.count_include_pad = count_include_pad;
        this.divisor_override = divisor_override;
    }

    /// <summary>Size of the window.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>Step between windows; null means the window's size.</summary>
    public long[]? stride { get; set; }

    /// <summary>Zeros at each side.</summary>
    public long[]? padding { get; set; }

    /// <summary>Count windows that reach over the end?</summary>
    public bool ceil_mode { get; set; }

    /// <summary>Count the padding's zeros in the mean?</summary>
    public bool count_include_pad { get; set; }

    /// <summary>Divide by this instead of the window's size.</summary>
    public long? divisor_override { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
        => nn.functional.avg_pool3d(input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);
}
