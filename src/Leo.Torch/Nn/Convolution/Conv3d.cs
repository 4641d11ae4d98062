using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A convolution over three dimensions.</summary>
public sealed class Conv3d : Convolution
{
    private static readonly Op ByNumber = new("aten::conv3d"), ByRule = new("aten::conv3d.padding");

    internal Conv3d(long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type,
        long[] dilation, PaddingModes padding_mode, long groups, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(Conv3d), in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, false,
            new long[3], groups, bias, padding_mode, device, dtype)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Convolve(ByNumber, ByRule, input);
}
