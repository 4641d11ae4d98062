using Leo.Lab;
using Leo.Lab.Animator;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>The same random pairs at every step: soft blobs with some grain, in [-1, 1].</summary>
internal sealed class FixedPairs : IFramePairs
{
    internal FixedPairs(int batch, int size)
    {
        using var generator = Seeds.Generator(Work.Seed, "bench.frames");
        Source = Frames();
        Driving = Frames();

        Tensor Frames()
        {
            using var scope = NewDisposeScope();
            var blobs = rand([batch, 3, size / 8, size / 8], float32, generator: generator);
            var large = nn.functional.interpolate(blobs, [size, size], mode: InterpolationMode.Bilinear, align_corners: false);
            var grain = rand([batch, 3, size, size], float32, generator: generator);
            return (large * 1.8 + grain * 0.2 - 1).DetachFromDisposeScope();
        }
    }

    internal Tensor Source { get; }

    internal Tensor Driving { get; }

    public IReadOnlyDictionary<string, Generator> Generators { get; } = new Dictionary<string, Generator>();

    public (Tensor Source, Tensor Driving) Next() => (Source.alias(), Driving.alias());

    public void Dispose()
    {
        Source.Dispose();
        Driving.Dispose();
    }
}
