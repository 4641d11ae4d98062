using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adds windows up to an image: [N, C·kh·kw, L] → [N, C, H, W].</summary>
public sealed class Fold : ParameterLessModule<Tensor, Tensor>
{
    internal Fold((long, long) output_size, (long, long) kernel_size, (long, long) dilation, (long, long) padding, (long, long) stride)
        : base(nameof(Fold))
    {
        this.output_size = output_size;
        this.kernel_size = kernel_size;
        this.dilation = dilation;
        this.padding = padding;
        this.stride = stride;
    }

    /// <summary>Size of the image.</summary>
    public (long, long) output_size { get; set; }

    /// <summary>Size of the window.</summary>
    public (long, long) kernel_size { get; set; }

    /// <summary>Steps between the window's taps.</summary>
    public (long, long) dilation { get; set; }

    /// <summary>Zeros at each side.</summary>
    public (long, long) padding { get; set; }

    /// <summary>Steps between windows.</summary>
    public (long, long) stride { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.fold(tensor, output_size, kernel_size, dilation, padding, stride);
}
