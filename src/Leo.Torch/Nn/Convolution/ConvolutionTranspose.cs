using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What all transposed convolutions share.</summary>
public abstract class ConvolutionTranspose : Convolution
{
    /// <summary>For derived classes.</summary>
    protected ConvolutionTranspose(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding,
        Padding? padding_type, long[] dilation, bool transposed, long[] output_padding, long groups, bool bias,
        PaddingModes padding_mode, Device? device = null, ScalarType? dtype = null)
        : base(name, in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, transposed, output_padding,
            groups, bias, padding_mode, device, dtype)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => forward(input, null);

    /// <summary>The transposed convolution.</summary>
    /// <param name="input">[N, C, …] or [C, …].</param>
    /// <param name="output_size">Which of the possible output sizes; by default as <c>output_padding</c> says.</param>
    public abstract Tensor forward(Tensor input, long[]? output_size);

    /// <summary>The output padding that leads to an output size.</summary>
    /// <exception cref="ArgumentException">No padding leads to that size.</exception>
    protected long[] _output_padding(Tensor input, long[]? output_size, long[] kernel_size, long[] stride, long[] padding,
        long[] dilation, long num_spatial_dims)
    {
        if (output_size is null) return output_padding;
        int n = (int)num_spatial_dims;
        var shape = input.shape;
        int before = shape.Length - n;
        if (output_size.Length == before + n) output_size = output_size[before..];
        if (output_size.Length != n)
            throw new ArgumentException($"The output size must have {n} or {before + n} entries, not {output_size.Length}.",
                nameof(output_size));
        var extra = new long[n];
        for (int d = 0; d < n; d++)
        {
            long least = (shape[before + d] - 1) * stride[d] - 2 * padding[d] + dilation[d] * (kernel_size[d] - 1) + 1;
            extra[d] = output_size[d] - least;
            if (extra[d] < 0 || extra[d] >= stride[d])
                throw new ArgumentException(
                    $"An output of {output_size[d]} was asked for; possible are {least} to {least + stride[d] - 1}.", nameof(output_size));
        }
        return extra;
    }
}
