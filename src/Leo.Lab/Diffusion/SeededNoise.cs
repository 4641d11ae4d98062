using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>
/// Gaussian noise with one generator per sample: sample k sees the same numbers whatever the batch it is drawn in, and
/// whatever the device, for the numbers are made on the CPU.
/// </summary>
public sealed class SeededNoise : IDisposable
{
    private readonly Generator[] _generators;
    private readonly long[] _shape;
    private readonly Device? _device;

    /// <summary>One generator for each seed.</summary>
    /// <param name="seeds">One seed per sample.</param>
    /// <param name="purpose">What the noise is for; different purposes of one seed are independent.</param>
    /// <param name="shape">The shape of one sample.</param>
    /// <param name="device">Where the noise goes.</param>
    public SeededNoise(IEnumerable<long> seeds, string purpose, long[] shape, Device? device = null)
    {
        _generators = [.. seeds.Select(seed => Seeds.Generator(seed, purpose))];
        _shape = shape;
        _device = device;
    }

    /// <summary>The next noise [B, …shape].</summary>
    public Tensor Next()
    {
        using var scope = NewDisposeScope();
        var noise = _generators.Length == 1
            ? randn([1, .. _shape], dtype: ScalarType.Float32, generator: _generators[0])
            : stack(_generators.Select(g => randn(_shape, dtype: ScalarType.Float32, generator: g)).ToArray());
        return (_device is null ? noise : noise.to(_device)).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the generators.</summary>
    public void Dispose()
    {
        foreach (var generator in _generators)
        {
            generator.Dispose();
        }
    }
}
