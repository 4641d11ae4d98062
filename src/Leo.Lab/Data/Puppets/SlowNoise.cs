namespace Leo.Lab.Data.Puppets;

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
