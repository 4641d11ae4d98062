using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Convolutions over time or over the plane, padded so that stride 1 keeps the size.</summary>
internal static class Convolution
{
    /// <param name="dims">1 or 2.</param>
    /// <param name="channels">Channels in.</param>
    /// <param name="outChannels">Channels out.</param>
    /// <param name="kernel">Side of the kernel, odd.</param>
    /// <param name="stride">Step.</param>
    /// <param name="replicate">Whether the last value goes on past the edge; else it is zero there.</param>
    public static nn.Module<Tensor, Tensor> Create(int dims, int channels, int outChannels, int kernel = 3, int stride = 1, bool replicate = false)
    {
        var mode = replicate && kernel > 1 ? PaddingModes.Replicate : PaddingModes.Zeros;
        return dims == 1
            ? nn.Conv1d(channels, outChannels, kernel, stride, kernel / 2, padding_mode: mode)
            : nn.Conv2d(channels, outChannels, kernel, stride, kernel / 2, padding_mode: mode);
    }
}
