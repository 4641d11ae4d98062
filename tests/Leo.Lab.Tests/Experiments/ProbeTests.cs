using Leo.Lab.Data.Puppets;
using Leo.Lab.Experiments;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Experiments;

/// <summary>Probes on codes that are made: a known linear image of the pose plus an offset of the person.</summary>
public class ProbeTests
{
    private const int Frames = 40, CodeDim = 6;

    [Fact]
    public void PoseProbe_CodesLinearInPose_ReadsItOnOtherPeople()
    {
        var score = PoseProbe.Fit(People(0, 4)).Score(People(10, 3));
        Assert.True(score.PoseR2 > 0.99);
        Assert.Equal(["a", "b"], score.R2.Keys);
    }

    [Fact]
    public void PoseProbe_VariableThatNeverMoves_IsLeftOut() => Assert.Equal(["a", "b"], PoseProbe.Fit(People(0, 2)).Moving);

    [Fact]
    public void PoseProbe_NoiseCodes_KnowNothing()
    {
        var score = PoseProbe.Fit(People(0, 4, codesFollowPose: false)).Score(People(10, 3, codesFollowPose: false));
        Assert.True(score.PoseR2 < 0.2);
    }

    [Fact]
    public void IdentityProbe_OffsetOfThePerson_IsInAlphaNotInM()
    {
        var people = People(0, 5);

        var (alpha, count) = IdentityProbe.Score(people, v => v.Codes());
        var (m, _) = IdentityProbe.Score(people, v => v.MotionDifference());

        Assert.Equal(5, count);
        Assert.True(alpha > 0.95);
        Assert.InRange(m, 0, 0.45);
    }

    [Fact]
    public void IdentityProbe_OneVideoEach_CannotBeJudged()
    {
        var (accuracy, count) = IdentityProbe.Score([.. People(0, 3).Where((_, i) => i % 2 == 0)], v => v.Codes());
        Assert.True(double.IsNaN(accuracy));
        Assert.Equal(0, count);
    }

    [Fact]
    public void MotionCodeScore_TellsChance()
    {
        var score = MotionCodeScore.Of(People(0, 4), People(10, 5), out _);
        Assert.Equal(0.2, score.IdentityChance);
        Assert.Equal(5, score.Identities);
        Assert.True(score.PoseR2 > 0.99);
    }

    [Fact]
    public void CodedVideo_Differences_StartAtZero()
    {
        using var scope = NewDisposeScope();
        var video = People(0, 1)[0];
        Assert.Equal(0, video.MotionDifference()[0].abs().max().item<double>());
        Assert.Equal(0, video.PoseChange()[0].abs().max().item<double>());
        Assert.Equal([Frames, CodeDim], video.Codes().shape);
    }

    // Two videos of each person; pose variables a and b move, c stands still.
    private static List<CodedVideo> People(int first, int count, bool codesFollowPose = true)
    {
        var videos = new List<CodedVideo>();
        var mixing = new Random(7);
        double[,] mix = new double[2, CodeDim];
        for (int i = 0; i < mix.Length; i++)
            mix[i / CodeDim, i % CodeDim] = mixing.NextDouble() - 0.5;
        for (int person = first; person < first + count; person++)
        {
            for (int video = 0; video < 2; video++)
            {
                var random = new Random(1000 * person + video);
                var offset = new Random(person);
                double[] own = [.. Enumerable.Range(0, CodeDim).Select(_ => 4 * (offset.NextDouble() - 0.5))];
                double phase = random.NextDouble() * 6, rate = 0.2 + random.NextDouble() * 0.2;
                float[][] pose = [.. Enumerable.Range(0, Frames).Select(t => new[] { (float)Math.Sin(phase + rate * t), (float)Math.Cos(phase * 2 + rate * 1.7 * t), 0.5f })];
                float[] codes = [.. pose.SelectMany(p => Enumerable.Range(0, CodeDim).Select(d => (float)(own[d]
                    + (codesFollowPose ? p[0] * mix[0, d] + p[1] * mix[1, d] : 0) + 1e-3 * (random.NextDouble() - 0.5))))];
                var truth = new PuppetTruth
                {
                    Identity = person,
                    Kind = "faces",
                    Pattern = "made",
                    FramesPerSecond = 25,
                    Seed = 0,
                    PoseNames = ["a", "b", "c"],
                    Pose = pose,
                };
                using var tensorOfCodes = tensor(codes).reshape(Frames, CodeDim);
                videos.Add(new CodedVideo($"{person}_{video}.mp4", tensorOfCodes, [.. Enumerable.Range(0, Frames)], truth));
            }
        }
        return videos;
    }
}
