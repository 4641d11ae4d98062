using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using Leo.Lab.Perceptual;

namespace Leo.Cli.Tests;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void EvaluateAnimator_OnPuppets_GivesEveryNumberAndASheet()
    {
        string model = _shop.Animator(new AnimatorSettings { Size = 32, StyleDim = 8, MotionDim = 4, Channels = [4, 4, 4, 4] });
        Workshop.Good($"data puppets --kind faces --out {_shop.At("data")} --train 1 --test 2 --videos 2 --frames 6 --size 32");

        var json = Workshop.Good($"evaluate animator --checkpoint {model} --data {_shop.At("data")} --sheet {_shop.At("sheet.png")} --json");

        Assert.Equal(4, (int)json["videos"]!);
        Assert.Equal(8, (int)json["frames"]!);
        Assert.True((double)json["reconstruction"]!["l1"]! > 0);
        Assert.InRange((double)json["reconstruction"]!["ssim"]!, -1, 1);
        Assert.Null(json["perceptual"]);
        var transfer = json["transfer"]!;
        Assert.Equal(2, (int)transfer["pairs"]!);
        Assert.True((double)transfer["relative_px"]! > 0);
        Assert.True((double)transfer["reading_px"]! < 0.5);
        Assert.Equal(0.5, (double)json["identity"]!["identity_chance"]!);
        Assert.True(new FileInfo(_shop.At("sheet.png")).Length > 1000);
    }

    [Fact]
    public void EvaluateAnimator_WithKeyPointsAndIdentity_GivesAkdMkrAndAed()
    {
        string model = _shop.Animator(new AnimatorSettings { Size = 32, StyleDim = 8, MotionDim = 4, Channels = [4, 4, 4, 4] });
        Workshop.Good($"data puppets --kind faces --out {_shop.At("data")} --train 1 --test 1 --videos 1 --frames 3 --size 32");

        var json = Workshop.Good($"evaluate animator --checkpoint {model} --data {_shop.At("data")} --keypoints puppets --identity palette --json");

        Assert.Equal("puppets", (string)json["key_points"]!["name"]!);
        Assert.Equal(1, (int)json["key_points"]!["frames"]!);
        Assert.InRange((double)json["key_points"]!["mkr"]!, 0, 1);
        Assert.True((double)json["identity_distance"]!["aed"]! > 0);
    }

    [Fact]
    public void Evaluate_VideosBesideThemselves_HaveNoDistance()
    {
        Workshop.Good($"data puppets --kind faces --out {_shop.At("data")} --train 1 --test 1 --videos 1 --frames 2 --size 32");

        var json = Workshop.Good($"evaluate --real {_shop.At("data")} --fake {_shop.At("data")} --metrics aed --identity palette --json");

        Assert.Equal(0, (double)json["metrics"]!["aed"]!["aed"]!);
        Assert.Equal(4, (int)json["metrics"]!["aed"]!["frames"]!);
        Assert.Contains("what finds key points has to be named", Workshop.Bad($"evaluate --real {_shop.At("data")} --fake {_shop.At("data")} --metrics akd"));
    }

    [Fact]
    public void EvaluateAnimator_VideosWithoutTruth_LeavesOutWhatNeedsIt_AndSaysSo()
    {
        string model = _shop.Animator();
        Workshop.Good($"data puppets --kind faces --out {_shop.At("data")} --train 1 --test 1 --videos 1 --frames 4 --size 32");
        foreach (string truth in Directory.GetFiles(_shop.At("data"), "*.json", SearchOption.AllDirectories))
            File.Delete(truth);

        var (code, output, error) = Commandline.Run("evaluate", "animator", "--checkpoint", model, "--data", _shop.At("data"), "--part", "all");

        Assert.True(code == ExitCode.Success, error);
        Assert.Contains("PSNR", output);
        Assert.Contains("no perceptual network given", output);
        Assert.Contains("transfer to other people: measured on puppets", output);
        Assert.DoesNotContain("px at 64", output);
    }

    [Fact]
    public void EvaluateAnimator_WithAPerceptualNetwork_NamesItBesideTheDistance()
    {
        string model = _shop.Animator();
        using (var generator = Seeds.Generator(1, "features"))
        using (var features = new PuppetFeatures(new PuppetFeaturesSettings { Channels = [4, 4] }, generator))
            Checkpoint.Save(_shop.At("features.safetensors"), PuppetFeatures.Kind, """{"channels":[4,4]}""", 0, features.state_dict());
        Workshop.Good($"data puppets --kind faces --out {_shop.At("data")} --train 1 --test 1 --videos 1 --frames 4 --size 32");

        var json = Workshop.Good($"evaluate animator --checkpoint {model} --data {_shop.At("data")} --perceptual {_shop.At("features.safetensors")} --json");

        Assert.Equal("lpips-style(puppets)", (string)json["perceptual"]!["name"]!);
        Assert.True((double)json["perceptual"]!["distance"]! > 0);
    }

    [Fact]
    public void EvaluateAnimator_PartWithoutAVideo_IsRefused()
    {
        string model = _shop.Animator();
        Workshop.Good($"data puppets --kind faces --out {_shop.At("data")} --train 1 --test 1 --videos 1 --frames 2 --size 32");
        Directory.Delete(_shop.At("data/test"), recursive: true);

        Assert.Contains("no video in its test part", Workshop.Bad($"evaluate animator --checkpoint {model} --data {_shop.At("data")}"));
    }
}
