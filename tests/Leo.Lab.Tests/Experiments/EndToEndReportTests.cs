using System.Text.Json.Nodes;
using Leo.Lab.Experiments;

namespace Leo.Lab.Tests.Experiments;

public class EndToEndReportTests
{
    [Fact]
    public void ToJson_HasTheDocumentedKeys()
    {
        var root = JsonNode.Parse(Report(0.5).ToJson())!;

        Assert.Equal(0.5, (double)root["faces"]!["reconstruction"]!["moving_l1"]!);
        foreach (string key in (string[])["l1", "repeat_source_l1", "moving_l1", "moving_repeat_source_l1", "psnr"])
            Assert.NotNull(root["faces"]!["reconstruction"]![key]);
        foreach (string key in (string[])["pose_r2", "identity_accuracy", "identity_chance"])
            Assert.NotNull(root["faces"]!["motion_code"]![key]);
        foreach (string key in (string[])["frames", "identity_drift"])
            Assert.NotNull(root["faces"]!["long_video"]![key]);
        Assert.Equal("tiny", (string)root["preset"]!);
        Assert.Equal(7, (long)root["seed"]!);
        Assert.Equal(12.3, (double)root["seconds"]!);
    }

    [Fact]
    public void ToJson_NumberThatIsNotFinite_IsNull()
    {
        var root = JsonNode.Parse(Report(double.NaN).ToJson())!;
        Assert.True(root["faces"]!["reconstruction"]!.AsObject().ContainsKey("moving_l1"));
        Assert.Null(root["faces"]!["reconstruction"]!["moving_l1"]);
    }

    [Fact]
    public void ToJson_PoseVariables_KeepTheirNames() =>
        Assert.Equal(0.9, (double)JsonNode.Parse(Report(1).ToJson())!["faces"]!["motion_code"]!["pose_r2_by_variable"]!["Head.x"]!);

    private static EndToEndReport Report(double moving) => new()
    {
        Seconds = 12.345,
        Preset = "tiny",
        Seed = 7,
        Trained = false,
        Subjects = new Dictionary<string, SubjectReport>
        {
            ["faces"] = new()
            {
                Reconstruction = new() { L1 = 0.1, RepeatSourceL1 = 0.2, MovingL1 = moving, MovingRepeatSourceL1 = 1, MovingFrozenL1 = 0.9, Agreement = moving, Gain = 0.25, Videos = [new("a.mp4", moving, 0.25, moving, 0.9)], Psnr = 25, MovingShare = 0.1, Frames = 3 },
                MotionCode = new() { PoseR2 = 0.8, PoseR2ByVariable = new Dictionary<string, double> { ["Head.x"] = 0.9 }, IdentityAccuracy = 0.1, IdentityChance = 0.1 },
                Transfer = new(),
                Samples = new() { Count = 1, Frames = 64, Sampler = "ddim:50", Motion = 0.1, MotionReal = 0.1 },
                LongVideo = new() { Frames = 512, IdentityDrift = 0.1, IdentityDriftReal = 0.1, IdentityKept = null, MotionAtEnd = 0.1 },
                HeldOutVideos = 2,
            },
        },
    };
}
