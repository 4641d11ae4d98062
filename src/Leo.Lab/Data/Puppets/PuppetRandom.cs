namespace Leo.Lab.Data.Puppets;

/// <summary>
/// xoshiro256** (Blackman &amp; Vigna 2018) seeded by splitmix64: the same numbers on every machine and runtime version,
/// which <see cref="Random"/> does not promise.
/// </summary>
internal sealed class PuppetRandom
{
    private ulong _a, _b, _c, _d;

    /// <summary>One stream for one purpose: the same arguments give the same stream, others an unrelated one.</summary>
    public PuppetRandom(long seed, string purpose, int first = 0, int second = 0)
    {
        ulong hash = 14695981039346656037UL; // FNV-1a over the purpose
        foreach (char c in purpose)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        ulong state = unchecked((ulong)seed) ^ hash;
        state = Mix(ref state) ^ (uint)first;
        state = Mix(ref state) ^ (uint)second;
        (_a, _b, _c, _d) = (Mix(ref state), Mix(ref state), Mix(ref state), Mix(ref state));
    }

    /// <summary>Uniform in [0, 1).</summary>
    public float Next()
    {
        ulong result = ulong.RotateLeft(_b * 5, 7) * 9, t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return (result >> 40) * (1f / (1 << 24));
    }

    /// <summary>Uniform in [low, high).</summary>
    public float Range(float low, float high) => low + ((high - low) * Next());

    /// <summary>True with the given probability.</summary>
    public bool Chance(float probability) => Next() < probability;

    /// <summary>Uniform whole number in [0, count).</summary>
    public int Index(int count) => Math.Min((int)(Next() * count), count - 1);

    /// <summary>The numbers 0 … count − 1 in random order (Fisher–Yates).</summary>
    public int[] Permutation(int count)
    {
        int[] order = Enumerable.Range(0, count).ToArray();
        for (int i = count - 1; i > 0; i--)
        {
            int j = Index(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private static ulong Mix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

/// <summary>A smooth, aimless movement: three sines of random frequency, together mostly within ±1.</summary>
internal sealed class SlowNoise
{
    private readonly (float Amplitude, float Frequency, float Turn)[] _waves = new (float, float, float)[3];

    /// <summary>Frequencies are drawn between two bounds, in hertz.</summary>
    public SlowNoise(PuppetRandom random, float low, float high)
    {
        for (int i = 0; i < _waves.Length; i++)
        {
            // One wave in each third of the band, the slow ones stronger.
            float third = (high - low) / 3;
            _waves[i] = (random.Range(0.35f, 0.8f) / (1 + (0.4f * i)), low + (third * (i + random.Next())), random.Next());
        }
    }

    /// <summary>The value at a time in seconds.</summary>
    public float At(float seconds)
    {
        float sum = 0;
        foreach ((float amplitude, float frequency, float turn) in _waves)
        {
            sum += amplitude * PoseTrack.Sine((seconds * frequency) + turn);
        }

        return sum;
    }
}
