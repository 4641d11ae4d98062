using Leo.Lab.Data.Puppets;

namespace Leo.Lab.Tests.Data.Puppets;

public class BodyImprovisationTests
{
    [Fact]
    public void Perform_SameSeed_IsTheSame_AndAnotherSeedIsNot()
    {
        Assert.Equal(BodyImprovisation.Perform(5, 20), BodyImprovisation.Perform(5, 20));
        Assert.NotEqual(BodyImprovisation.Perform(5, 20), BodyImprovisation.Perform(6, 20));
    }

    [Fact]
    public void Perform_EveryDegreeOfFreedom_MovesOnItsOwn()
    {
        float[][] poses = [.. Enumerable.Range(0, 40).SelectMany(seed => BodyImprovisation.Perform(seed, 64)).Select(pose => pose.ToArray())];
        for (int a = 0; a < BodyPose.Names.Count; a++)
        {
            Assert.True(Math.Abs(Correlation(poses, a, a) - 1) < 1e-6);
            for (int b = 0; b < a; b++)
            {
                Assert.InRange(Correlation(poses, a, b), -0.35, 0.35);
            }
        }
    }

    [Fact]
    public void Improvised_Videos_FollowThePatternedOnes_AndLeaveThemAsTheyAre()
    {
        var options = new PuppetOptions { Kind = PuppetKind.Bodies, TrainIdentities = 3, TestIdentities = 1, Frames = 4 };
        var more = options with { ImprovisedVideos = 1 };
        Assert.Equal(8, options.TotalVideos);
        Assert.Equal(11, more.TotalVideos);
        Assert.Equal(PuppetStudio.Render(options, 2, 1).Video.Rgb, PuppetStudio.Render(more, 2, 1).Video.Rgb);
        Assert.Equal(BodyImprovisation.Name, PuppetStudio.Render(more, 2, 2).Truth.Pattern);
        Assert.Contains(PuppetStudio.Render(more, 2, 1).Truth.Pattern, BodyPattern.All.Select(pattern => pattern.Name));
    }

    private static double Correlation(float[][] rows, int a, int b)
    {
        double meanA = rows.Average(r => r[a]), meanB = rows.Average(r => r[b]);
        double Cross(int i, double mi, int j, double mj) => rows.Sum(r => (r[i] - mi) * (r[j] - mj));
        return Cross(a, meanA, b, meanB) / Math.Sqrt(Cross(a, meanA, a, meanA) * Cross(b, meanB, b, meanB));
    }
}
