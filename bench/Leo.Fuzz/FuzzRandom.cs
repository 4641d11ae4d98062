using System.Text;

namespace Leo.Fuzz;

/// <summary>Chance of one input: the same target, seed and number give the same input on every machine (SplitMix64).</summary>
internal sealed class FuzzRandom
{
    /// <summary>Numbers at which sizes, signs and types turn over.</summary>
    public static readonly long[] Edges =
    [
        0, 1, -1, 2, 3, 7, 8, 64, 65, 127, 128, 255, 256, 1000, 32767, 32768, 65535, 65536, 1 << 24, int.MaxValue, int.MinValue, 1L << 31, uint.MaxValue,
        1L << 32, 1L << 40, 1L << 53, 1L << 61, 1L << 62, long.MaxValue, long.MinValue, long.MaxValue - 7,
    ];

    private ulong _state;

    public FuzzRandom(string target, long seed, long number)
    {
        Index = number;
        _state = (ulong)seed * 0x9E3779B97F4A7C15 ^ (ulong)number;
        foreach (byte b in Encoding.UTF8.GetBytes(target))
            _state = (_state ^ b) * 0x100000001B3;
        Next();
    }

    /// <summary>Number of the input.</summary>
    public long Index { get; }

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to <paramref name="end"/> − 1.</summary>
    public int Below(int end) => (int)(Next() % (ulong)Math.Max(1, end));

    public bool Chance(double share) => Next() < share * ulong.MaxValue;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    /// <summary>A number at which something turns over, or any.</summary>
    public long Number() => Below(4) switch
    {
        0 => Below(16),
        1 => (long)Next(),
        _ => Pick(Edges),
    };

    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
            bytes[i] = (byte)Next();
        return bytes;
    }
}
