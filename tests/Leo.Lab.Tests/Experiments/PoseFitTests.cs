using System.Numerics;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Experiments;

namespace Leo.Lab.Tests.Experiments;

public class PoseFitTests
{
    private static PuppetTruth Truth(PuppetKind kind) =>
        PuppetStudio.Render(new PuppetOptions { Kind = kind, Frames = 40, Size = 32 }, identity: 3, video: 0).Truth;

    [Theory]
    [InlineData(PuppetKind.Faces)]
    [InlineData(PuppetKind.Bodies)]
    public void Actor_InTheTruePose_IsTheStudiosPicture(PuppetKind kind)
    {
        var (video, truth) = PuppetStudio.Render(new PuppetOptions { Kind = kind, Frames = 3, Size = 32 }, 3, 0);
        bool Same(bool arm)
        {
            float[] picture = new PuppetActor(truth, 32, arm).Paint(PuppetActor.Pose(truth, 2)).ToArray();
            // The sidecar's pose is rounded to five digits.
            return video.Frame(2).ToArray().Zip(picture, (b, p) => Math.Abs(b - (p * 255))).Max() < 2;
        }
        Assert.True(Same(false) || Same(true));
    }

    [Theory]
    [InlineData(PuppetKind.Faces)]
    [InlineData(PuppetKind.Bodies)]
    public void Fit_PaintedFrame_FindsTheLandmarksFromTheFirstPose(PuppetKind kind)
    {
        var truth = Truth(kind);
        var actor = new PuppetActor(truth, 32);
        float[] pose = PuppetActor.Pose(truth, 12);
        float[] frame = actor.Paint(pose).ToArray();

        var (found, error) = new PoseFit(actor).Fit(frame, PuppetActor.Pose(truth, 0));

        var px = new PoseError();
        px.Add(actor.Landmarks(found), actor.Landmarks(pose));
        Assert.True(px.Mean < 0.5, $"{px.Mean} px");
        Assert.True(error < 1e-4, $"{error}");
    }

    [Fact]
    public void Fit_SeveralStarts_TakesTheOneWhosePictureIsNearest()
    {
        var truth = Truth(PuppetKind.Faces);
        var actor = new PuppetActor(truth, 32);
        float[] pose = PuppetActor.Pose(truth, 30), far = [.. pose.Select(p => p + 0.8f)];
        float[] frame = actor.Paint(pose).ToArray();

        Assert.True(new PoseFit(actor).Fit(frame, far, pose).Error <= new PoseFit(actor).Fit(frame, far).Error);
        Assert.Equal(0, new PoseFit(actor).Fit(frame, pose).Error, 9);
    }

    [Fact]
    public void Possible_KeepsAMouthFromBeingMoreThanWideOpen_AndLeavesPlacesAlone()
    {
        var actor = new PuppetActor(Truth(PuppetKind.Faces), 32);
        float[] wild = [2, 2, 2, 2, 2, 2, -2, -2, 2, -2];
        Assert.Equal([2f, 2, 2, 1, 1, 1, -1, 0, 1, -1], actor.Possible(wild));
    }

    [Fact]
    public void PoseError_IsInPixelsOf64_AndLeavesOutWhatIsBeyondTheEdge()
    {
        var error = new PoseError();
        error.Add([new Vector2(0, 0), new Vector2(0.5f, 0), new Vector2(0, 0)], [new Vector2(0, 0.125f), new Vector2(0.5f, 0), new Vector2(0, 1.2f)]);
        Assert.Equal(2, error.Count);
        Assert.Equal(2, error.Mean, 6);
    }

    [Fact]
    public void PoseError_OfUnequalNumbers_IsRefused() => Assert.Throws<ArgumentException>(() => new PoseError().Add([], [Vector2.Zero]));
}
