using Leo.Lab.Motion;

namespace Leo.Lab.Tests.Motion;

/// <summary>Sequences of smooth made-up codes: each dimension an offset and two sines of the video's own phases.</summary>
internal static class ToyCodes
{
    public static CodeSequences Make(int videos = 12, int frames = 40, int dim = 4, int seed = 0)
    {
        var random = new Random(seed);
        return new CodeSequences([.. Enumerable.Range(0, videos).Select(v => One($"video-{v}.mp4"))], 25, "toy");

        CodeSequence One(string name)
        {
            float[] values = new float[frames * dim];
            var (phase, offset) = (random.NextDouble() * Math.Tau, random.NextDouble());
            for (int i = 0; i < values.Length; i++)
            {
                var (t, d) = (i / dim, i % dim);
                values[i] = (float)((d + 1) * (offset + Math.Sin(0.25 * t + phase + d) + 0.3 * Math.Sin(0.6 * t + 2 * phase)));
            }

            return new CodeSequence(name, dim, values);
        }
    }
}
