using Leo.Lab.Data.Puppets;

namespace Leo.Lab.Tests.Data.Puppets;

public sealed class FaceMannerTests
{
    [Fact]
    public void Perform_OverAllManners_EveryDegreeOfFreedomMoves()
    {
        float[][] all = [.. FaceManner.All.SelectMany((manner, i) => manner.Perform(i, 128)).Select(pose => pose.ToArray())];
        for (int d = 0; d < FacePose.Names.Count; d++)
        {
            double mean = all.Average(p => p[d]), deviation = Math.Sqrt(all.Average(p => Math.Pow(p[d] - mean, 2)));
            Assert.True(deviation > 0.03, $"{FacePose.Names[d]} deviates by {deviation:0.000}");
        }
    }

    [Fact]
    public void Perform_Blinks_LastSeveralFramesAndOpenAgain()
    {
        foreach (var manner in FaceManner.All)
        {
            float[] blink = [.. manner.Perform(4, 256).Select(pose => pose.Blink)];
            int[] closed = [.. Runs(blink, value => value > 0.6f)];
            Assert.InRange(closed.Length, 3, 14);
            Assert.Contains(closed, frames => frames is >= 4 and <= 12);
            Assert.True(blink.Count(value => value < 0.4f) > blink.Length / 2);
        }
    }

    [Fact]
    public void Perform_TalkingMouth_OpensTwoToFourTimesASecond()
    {
        var poses = new FaceManner { Name = "without a pause", Talk = 1 }.Perform(2, 500);
        int peaks = Enumerable.Range(1, 498).Count(i => poses[i].Mouth > poses[i - 1].Mouth && poses[i].Mouth >= poses[i + 1].Mouth);
        Assert.InRange(peaks / 20.0, 1.5, 4);
        Assert.True(poses.Max(p => p.Mouth) > 0.8f && poses.Min(p => p.Mouth) < 0.3f);
    }

    [Fact]
    public void Render_OpenMouthAndClosedEyes_ChangeManyPixels()
    {
        var who = FaceIdentity.Draw(0, 7);
        byte[] rest = PuppetRenderer.Render(who, default(FacePose)).Rgb;
        int Changed(FacePose pose) => PuppetRenderer.Render(who, pose).Rgb.Zip(rest).Count(pair => Math.Abs(pair.First - pair.Second) > 25) / 3;
        Assert.True(Changed(new FacePose { Mouth = 1 }) > 50);
        Assert.True(Changed(new FacePose { Blink = 1 }) > 40);
        Assert.True(Changed(new FacePose { Gaze = 1 }) > 10);
        Assert.True(Changed(new FacePose { Brows = 1 }) > 10);
    }

    private static IEnumerable<int> Runs(float[] values, Func<float, bool> inside)
    {
        int length = 0;
        foreach (float value in values)
        {
            if (inside(value))
            {
                length++;
            }
            else if (length > 0)
            {
                yield return length;
                length = 0;
            }
        }
    }
}
