using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Data;

/// <summary>Uniform numbers from a generator, many at a time.</summary>
internal static class RandomDraws
{
    /// <summary><paramref name="count"/> numbers in [0, 1).</summary>
    public static double[] Uniform(Generator generator, int count)
    {
        using var numbers = rand(count, dtype: ScalarType.Float64, generator: generator);
        return MemoryMarshal.Cast<byte, double>(numbers.bytes).ToArray();
    }

    /// <summary>A number in [0, 1) as an index below <paramref name="count"/>.</summary>
    public static int Index(double draw, int count) => Math.Min((int)(draw * count), count - 1);
}
