using Leo.Lab.Data.Puppets;

namespace Leo.Lab.Tests.Data.Puppets;

public sealed class BodyPatternTests
{
    [Fact]
    public void All_AreAtLeastTwentyFourWithNamesOfTheirOwn()
    {
        Assert.True(BodyPattern.All.Count >= 24);
        Assert.Equal(BodyPattern.All.Count, BodyPattern.All.Select(p => p.Name).Distinct().Count());
        Assert.All(BodyPattern.All, p => Assert.Same(p, BodyPattern.Named(p.Name)));
        Assert.Contains("push", Assert.Throws<ArgumentException>(() => BodyPattern.Named("tango")).Message);
    }

    [Fact]
    public void Perform_AnotherSeed_VariesStartTempoAndAmplitude()
    {
        var pattern = BodyPattern.Named("squat");
        float[][] first = Values(pattern.Perform(1, 128)), again = Values(pattern.Perform(1, 128)), other = Values(pattern.Perform(2, 128));
        Assert.Equal(first, again);
        Assert.True(Math.Abs(first[0][1] - other[0][1]) > 1e-3);
        Assert.NotEqual(first.Max(p => p[4]) - first.Min(p => p[4]), other.Max(p => p[4]) - other.Min(p => p[4]), 3);
    }

    [Fact]
    public void Perform_HeldOutPerformances_AreToldApartByTheNearestCentroid()
    {
        int patterns = BodyPattern.All.Count;
        const int Training = 12, Testing = 8;
        double[][][] known = Features(0, Training), held = Features(1000, Testing);
        int dimensions = known[0][0].Length;
        double[] spread = new double[dimensions];
        double[][] centroids = new double[patterns][];
        for (int p = 0; p < patterns; p++)
        {
            centroids[p] = [.. Enumerable.Range(0, dimensions).Select(d => known[p].Average(f => f[d]))];
        }

        // Every feature in units of its spread within one pattern.
        for (int d = 0; d < dimensions; d++)
        {
            spread[d] = Math.Sqrt(Enumerable.Range(0, patterns).Average(p => known[p].Average(f => Math.Pow(f[d] - centroids[p][d], 2)))) + 0.01;
        }

        int right = 0;
        for (int p = 0; p < patterns; p++)
        {
            foreach (double[] video in held[p])
            {
                int nearest = Enumerable.Range(0, patterns).MinBy(
                    c => Enumerable.Range(0, dimensions).Sum(d => Math.Pow((video[d] - centroids[c][d]) / spread[d], 2)));
                right += nearest == p ? 1 : 0;
            }
        }

        double accuracy = right / (double)(patterns * Testing);
        Assert.True(accuracy >= 0.9, $"{accuracy:P1} of held-out performances are recognised");
    }

    [Fact]
    public void Perform_OverAllPatterns_EveryDegreeOfFreedomMoves()
    {
        float[][] all = [.. BodyPattern.All.SelectMany((pattern, i) => Values(pattern.Perform(i, 128)))];
        for (int d = 0; d < BodyPose.Names.Count; d++)
        {
            double mean = all.Average(p => p[d]), deviation = Math.Sqrt(all.Average(p => Math.Pow(p[d] - mean, 2)));
            Assert.True(deviation > 0.03, $"{BodyPose.Names[d]} deviates by {deviation:0.000}");
        }
    }

    [Fact]
    public void Perform_FromFrameToFrame_IsSlow()
    {
        foreach (var pattern in BodyPattern.All)
        {
            float[][] values = Values(pattern.Perform(7, 128));
            for (int i = 1; i < values.Length; i++)
            {
                Assert.All(values[i].Zip(values[i - 1]), pair => Assert.True(Math.Abs(pair.First - pair.Second) < 0.12, pattern.Name));
            }
        }
    }

    [Fact]
    public void Perform_AllPatterns_KeepsTheBodyInTheFrame()
    {
        foreach (var pattern in BodyPattern.All)
        {
            foreach (var pose in pattern.Perform(11, 128))
            {
                var body = BodySkeleton.Of(BodyIdentity.Draw(0, 1), pose);
                Assert.All(new[] { "hip", "neck", "head", "foot_left", "foot_right" }, name =>
                {
                    Assert.InRange(body[name].X, -0.95f, 0.95f);
                    Assert.InRange(body[name].Y, -0.95f, 0.95f);
                });
            }
        }
    }

    private static float[][] Values(BodyPose[] poses) => Array.ConvertAll(poses, pose => pose.ToArray());

    // Mean, deviation and all correlations of the degrees of freedom over one video: nothing that depends on its start.
    private static double[][][] Features(int firstSeed, int count) =>
        [.. BodyPattern.All.Select((pattern, p) => Enumerable.Range(0, count)
            .Select(i => Statistics(Values(pattern.Perform(firstSeed + (p * 100) + i, 128)))).ToArray())];

    private static double[] Statistics(float[][] poses)
    {
        int n = poses[0].Length;
        double[] mean = [.. Enumerable.Range(0, n).Select(d => poses.Average(p => (double)p[d]))];
        double Covariance(int a, int b) => poses.Average(p => (p[a] - mean[a]) * (p[b] - mean[b]));
        double[] deviation = [.. Enumerable.Range(0, n).Select(d => Math.Sqrt(Covariance(d, d)))];
        var correlations = from a in Enumerable.Range(4, 4)
                           from b in Enumerable.Range(0, n)
                           where b > a || b < 4
                           select Covariance(a, b) / ((deviation[a] * deviation[b]) + 0.005);
        return [.. mean, .. deviation, .. correlations];
    }
}
