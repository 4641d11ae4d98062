using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Maxima that make [N, C, D, H, W] of a given size.</summary>
public sealed class AdaptiveMaxPool3d : ParameterLessModule<Tensor, Tensor>
{
    internal AdaptiveMaxPool3d(long[] output_size) : base(nameof(AdaptiveMaxPool3d)) => this.output_size = output_size;

    /// <summary>The size.</summary>
    public long[] output_size { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => nn.functional.adaptive_max_pool3d(input, output_size);

    /// <summary>Maxima, and where they were.</summary>
    public (Tensor output, Tensor indices) forward_with_indices(Tensor input)
        => nn.functional.adaptive_max_pool3d_with_indices(input, output_size);
}
