using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Cuts an image into windows: [N, C, H, W] → [N, C·kh·kw, L].</summary>
public sealed class Unfold : ParameterLessModule<Tensor, Tensor>
{
    internal Unfold((long, long) kernel_size, (long, long) dilation, (long, long) padding, (long, long) stride)
        : base(nameof(Unfold))
    {
        this.kernel_size = kernel_size;
        this.dilation = dilation;
        this.padding = padding;
        this.stride = stride;
    }

    /// <summary>Size of the window.</summary>
    public (long, long) kernel_size { get; set; }

    /// <summary>Steps between the window's taps.</summary>
    public (long, long) dilation { get; set; }

    /// <summary>Zeros at each side.</summary>
    public (long, long) padding { get; set; }

    /// <summary>Steps between windows.</summary>
    public (long, long) stride { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.unfold(tensor, kernel_size, dilation, padding, stride);
}
