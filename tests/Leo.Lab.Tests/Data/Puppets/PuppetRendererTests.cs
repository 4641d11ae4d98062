using System.Security.Cryptography;
using Leo.Lab.Data.Puppets;

namespace Leo.Lab.Tests.Data.Puppets;

public sealed class PuppetRendererTests
{
    [Fact]
    public void Render_SameIdentityAndPoseInAnotherOrder_GivesTheSameBytes()
    {
        var options = new PuppetOptions { Kind = PuppetKind.Bodies, Frames = 6, TrainIdentities = 2, TestIdentities = 0 };
        var who = BodyIdentity.Draw(5, 1);
        var poses = BodyPattern.Named("push").Perform(9, 6);
        string[] forwards = poses.Select(pose => Hash(PuppetRenderer.Render(who, pose).Rgb)).ToArray();
        string[] backwards = poses.Reverse().Select(pose => Hash(PuppetRenderer.Render(who, pose).Rgb)).Reverse().ToArray();
        Assert.Equal(forwards, backwards);
        Assert.Equal(6, forwards.Distinct().Count());

        // A take keeps one canvas for all of its frames: nothing of a frame may stay for the next.
        (var video, var truth) = PuppetStudio.Render(options, 1, 1);
        var pattern = BodyPattern.Named(truth.Pattern);
        var last = BodyPose.FromArray(truth.Pose[5], pattern.RightArmNearer);
        byte[] alone = PuppetRenderer.Render(truth.Body!, last).Rgb;
        // The truth is rounded to five digits, which may turn a byte by one step.
        Assert.All(alone.Zip(video.Frame(5).ToArray()), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1));
    }

    [Theory]
    [InlineData(PuppetKind.Faces)]
    [InlineData(PuppetKind.Bodies)]
    public void Render_AnotherSeed_GivesOtherPixels(PuppetKind kind)
    {
        var options = new PuppetOptions { Kind = kind, Frames = 2 };
        string first = Hash(PuppetStudio.Render(options, 0, 0).Video.Rgb);
        Assert.Equal(first, Hash(PuppetStudio.Render(options, 0, 0).Video.Rgb));
        Assert.NotEqual(first, Hash(PuppetStudio.Render(options with { Seed = 1 }, 0, 0).Video.Rgb));
        Assert.NotEqual(first, Hash(PuppetStudio.Render(options, 1, 0).Video.Rgb));
        Assert.NotEqual(first, Hash(PuppetStudio.Render(options, 0, 1).Video.Rgb));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(100)]
    [InlineData(256)]
    public void Render_OtherSizes_ShowTheSamePicture(int size)
    {
        var who = FaceIdentity.Draw(0, 3);
        var pose = FaceManner.All[0].Perform(1, 10)[5];
        double[] reference = Means(PuppetRenderer.Render(who, pose, 64).Rgb), other = Means(PuppetRenderer.Render(who, pose, size).Rgb);
        for (int channel = 0; channel < 3; channel++)
        {
            Assert.InRange(other[channel], reference[channel] - 2, reference[channel] + 2);
        }
    }

    // Mean red, green and blue of the four quarters of frame 40, rendered by this code at seed 0: the committed
    // checkpoints were trained on these pixels, so a change of the renderer must not go unnoticed.
    [Theory]
    [InlineData(PuppetKind.Faces, new[] { 85.4, 64.5, 65.7, 77.7, 58.6, 63.6, 92.6, 90.2, 67.4, 77.4, 76.5, 59.6 })]
    [InlineData(PuppetKind.Bodies, new[] { 209.7, 222.9, 221.7, 178.5, 180.8, 175.8, 172.9, 175.9, 172.4, 156.2, 157.3, 151.8 })]
    public void Render_SeedZero_GivesThePixelsThatTheCheckpointsLearntFrom(PuppetKind kind, double[] expected)
    {
        byte[] frame = PuppetStudio.Render(new PuppetOptions { Kind = kind, Frames = 41 }, 3, 1).Video.Frame(40).ToArray();
        double[] actual = new double[12];
        for (int i = 0; i < frame.Length; i++)
        {
            int pixel = i / 3, quarter = (pixel / 64 / 32 * 2) + (pixel % 64 / 32);
            actual[(quarter * 3) + (i % 3)] += frame[i] / 1024.0;
        }

        // Half a grey level: sines may differ in their last bit between machines.
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(actual.Zip(expected), pair => Assert.InRange(pair.First, pair.Second - 0.5, pair.Second + 0.5));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(257)]
    public void Render_SizeOutOfRange_Throws(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PuppetRenderer.Render(BodyIdentity.Draw(0, 0), default(BodyPose), size));

    [Fact]
    public void Parts_AcrossPatterns_ArmsHideTrunkAndEachOther()
    {
        int overTrunk = 0, overArm = 0, frames = 0;
        foreach (var pattern in BodyPattern.All)
        {
            var poses = pattern.Perform(3, 64);
            for (int i = 0; i < poses.Length; i += 8, frames++)
            {
                var who = BodyIdentity.Draw(0, frames);
                var parts = PuppetRenderer.Parts(who, poses[i]);
                const BodyParts Arms = BodyParts.ArmLeft | BodyParts.ArmRight;
                // Upper arms always touch the trunk at the shoulder; a hand in front of it is more than that.
                var body = BodySkeleton.Of(who, poses[i]);
                bool hides = new[] { "hand_left", "hand_right" }.Any(hand => At(parts, body[hand]).HasFlag(BodyParts.Trunk));
                overTrunk += hides ? 1 : 0;
                overArm += parts.Count(p => p.HasFlag(Arms)) > 8 ? 1 : 0;
                Assert.All([BodyParts.Legs, BodyParts.Trunk, BodyParts.Head], part => Assert.Contains(parts, p => p.HasFlag(part)));
            }
        }

        Assert.True(overTrunk > frames / 10, $"an arm hides the trunk in {overTrunk} of {frames} frames");
        Assert.True(overArm > frames / 50, $"an arm hides the other in {overArm} of {frames} frames");
    }

    [Fact]
    public void Parts_Figure_FillsMuchOfTheFrameAndStandsOut()
    {
        double covered = 0;
        const int People = 40;
        for (int i = 0; i < People; i++)
        {
            var who = BodyIdentity.Draw(0, i);
            var pose = BodyPattern.All[i % BodyPattern.All.Count].Perform(i, 20)[10];
            var parts = PuppetRenderer.Parts(who, pose);
            covered += parts.Count(p => p != BodyParts.None) / (double)(64 * 64 * People);
            var wall = who.Backdrop.Top;
            Assert.True(who.Skin.Distance(wall) > 0.2 && who.Top.Distance(wall) > 0.2, $"person {i} fades into the wall");
        }

        Assert.InRange(covered, 0.18, 0.5);
    }

    private static BodyParts At(BodyParts[] parts, System.Numerics.Vector2 place)
    {
        int x = Math.Clamp((int)((place.X + 1) * 32), 0, 63), y = Math.Clamp((int)((place.Y + 1) * 32), 0, 63);
        return parts[(64 * y) + x];
    }

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));

    private static double[] Means(byte[] rgb) =>
        [.. Enumerable.Range(0, 3).Select(c => Enumerable.Range(0, rgb.Length / 3).Average(i => rgb[(3 * i) + c]))];
}
