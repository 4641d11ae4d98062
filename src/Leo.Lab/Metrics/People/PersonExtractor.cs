using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.People;

/// <summary>
/// The person of a frame, as the program of Zheng et al. describes a picture: the whole frame at 256×128, it and its mirror image added, length 1.
/// </summary>
public sealed class PersonExtractor : IFrameExtractor
{
    private const int Height = 256, Width = 128, Batch = 8;
    private readonly PersonNetwork _network;
    private (Tensor Mean, Tensor Deviation) _colours;

    private PersonExtractor(PersonNetwork network, string weights)
    {
        (_network, Weights) = (network, weights);
        using var outside = NewDisposeScope();
        _colours = (tensor(new float[] { 0.485f, 0.456f, 0.406f }, [1, 3, 1, 1], float32).DetachFromDisposeScope(),
            tensor(new float[] { 0.229f, 0.224f, 0.225f }, [1, 3, 1, 1], float32).DetachFromDisposeScope());
    }

    /// <inheritdoc/>
    public string Name => "reid";

    /// <inheritdoc/>
    public string Weights { get; }

    /// <summary>Loads the weights.</summary>
    /// <param name="path">A file in the layout of <c>ft_net</c>.</param>
    /// <param name="lastStride">Stride of the last stage.</param>
    /// <exception cref="Checkpoints.CheckpointException">The file is missing, damaged or something else.</exception>
    public static PersonExtractor Load(string path, int lastStride = 2) => new(PersonNetwork.Load(path, lastStride), $"{WeightsHash.Of(path)}{(lastStride == 1 ? " stride 1" : "")}");

    /// <inheritdoc/>
    public void MoveTo(Device device)
    {
        ComputeDevice.Move(_network, device);
        using var outside = NewDisposeScope();
        var (mean, deviation) = _colours;
        _colours = (mean.to(device).alias().DetachFromDisposeScope(), deviation.to(device).alias().DetachFromDisposeScope());
        mean.Dispose();
        deviation.Dispose();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor?> Features(Tensor frames)
    {
        using var noGrad = no_grad();
        var rows = new List<Tensor?>();
        for (long start = 0; start < frames.shape[0]; start += Batch)
        {
            using var scope = NewDisposeScope();
            var x = Prepare(frames.narrow(0, start, Math.Min(Batch, frames.shape[0] - start)).to(_colours.Mean.device));
            var both = _network.forward(x) + _network.forward(x.flip(3));
            var unit = both / both.square().sum(1L, keepdim: true).sqrt();
            for (long i = 0; i < unit.shape[0]; i++)
                rows.Add(unit[i].cpu().clone().MoveToOuterDisposeScope());
        }
        return rows;
    }

    /// <summary>Frames as the network takes them.</summary>
    /// <param name="frames">[T, 3, H, W], values 0 to 255.</param>
    /// <returns>[T, 3, 256, 128].</returns>
    internal Tensor Prepare(Tensor frames)
    {
        using var scope = NewDisposeScope();
        // Pillow's bicubic smooths before it shrinks, and its pictures are bytes.
        var resized = nn.functional.interpolate(frames.to(ScalarType.Float32), [Height, Width], mode: InterpolationMode.Bicubic, align_corners: false, antialias: true);
        return ((resized.round().clamp(0, 255) / 255f - _colours.Mean) / _colours.Deviation).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _network.Dispose();
        _colours.Mean.Dispose();
        _colours.Deviation.Dispose();
    }
}
