namespace Leo.Lab.Data.Puppets;

/// <summary>What comes in pulses on a face: syllables (2–4 a second, in bursts with pauses) and blinks.</summary>
internal sealed class FacePulses
{
    private readonly List<(float Centre, float Half, float Height)> _syllables = [], _blinks = [];

    public FacePulses(PuppetRandom random, float seconds, float talk)
    {
        float time = random.Range(-0.6f, 0.2f);
        while (time < seconds + 0.5f)
        {
            int burst = 3 + random.Index(6);
            for (int i = 0; i < burst; i++)
            {
                float length = random.Range(0.27f, 0.48f);
                // Half as long again as the syllable's place, so that neighbours run into one another.
                _syllables.Add((time + (length / 2), length * 0.72f, random.Range(0.35f, 1)));
                time += length;
            }

            time += random.Range(0.6f, 1.4f) * (1 - talk) * 2;
        }

        time = random.Range(-0.2f, 1);
        while (time < seconds + 0.5f)
        {
            _blinks.Add((time, random.Range(0.2f, 0.3f), 1));
            time += random.Range(0.9f, 2);
        }
    }

    /// <summary>How far the mouth is open, 0 … 1.</summary>
    public float Mouth(float seconds) => Math.Min(1, Sum(_syllables, seconds));

    /// <summary>How far the eyes are closed, 0 … 1.</summary>
    public float Blink(float seconds) => Math.Min(1, 1.25f * Sum(_blinks, seconds));

    // Raised cosines: smooth, and zero outside.
    private static float Sum(List<(float Centre, float Half, float Height)> pulses, float seconds)
    {
        float sum = 0;
        foreach ((float centre, float half, float height) in pulses)
        {
            float off = MathF.Abs(seconds - centre) / half;
            if (off < 1)
            {
                sum += height * 0.5f * (1 + PoseTrack.Sine((off / 2) + 0.25f));
            }
        }

        return sum;
    }
}
