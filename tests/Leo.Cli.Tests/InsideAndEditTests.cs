using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Cli.Tests;

/// <summary>What `leo animate` shows of its inside, and editing by the first frame.</summary>
public sealed class InsideAndEditTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    private string Animate => $"animate --checkpoint {_shop.Animator()} --source {_shop.Frames("source.safetensors", 1, seed: 1)} --driving {_shop.Frames("driving.safetensors", 3, seed: 2)}";

    [Fact]
    public void Animate_ToTensors_HoldsFlowMaskAndWarpOfEveryScale()
    {
        Workshop.Good($"{Animate} --out {_shop.At("out.safetensors")}");

        using var file = SafetensorsFile.Open(_shop.At("out.safetensors"));
        Assert.Equal([3, 3, 16, 16], file.Shape("warped"));
        Assert.Equal([3, 2, 8, 8], file.Shape("flow.8"));
        Assert.Equal([3, 1, 8, 8], file.Shape("mask.8"));
        Assert.Equal([3, 3, 8, 8], file.Shape("warped.8"));
    }

    [Fact]
    public void Animate_Inside_IsASheetOfSevenColumnsAndARowForEachScale()
    {
        Workshop.Good($"{Animate} --out {_shop.At("out.mp4")} --inside {_shop.At("inside.mp4")} --trajectories {_shop.At("codes.svg")}");

        var info = Workshop.Good($"inspect {_shop.At("inside.mp4")} --json");
        Assert.Equal(3, (int)info["frame_count"]!);
        Assert.InRange((int)info["width"]!, 7 * 128, 8 * 140);
        Assert.InRange((int)info["height"]!, 2 * 128, 3 * 140);
        string svg = File.ReadAllText(_shop.At("codes.svg"));
        Assert.StartsWith("<svg xmlns=", svg);
        Assert.Equal(4, System.Xml.Linq.XDocument.Parse(svg).Descendants().Count(e => e.Name.LocalName == "path"));
    }

    [Fact]
    public void Animate_TrajectoriesWithoutDriving_IsRefused() =>
        Assert.Contains("there is no driving video", Workshop.Bad($"animate --checkpoint a --source b --out c.mp4 --trajectories d.svg"));

    [Theory]
    [InlineData("tf32", true)]
    [InlineData("float32", false)]
    public void Animate_InAPrecisionThatTheDeviceHasNot_SaysSo(string precision, bool said)
    {
        var (code, _, error) = Commandline.Run($"{Animate} --device cpu --precision {precision} --out {_shop.At("out.safetensors")}".Split(' '));

        Assert.Equal(ExitCode.Success, code);
        Assert.Equal(said, error.Contains("precision: float32 (tf32 is a mode of CUDA)", StringComparison.Ordinal));
    }

    [Fact]
    public void Edit_OwnStill_MovesByTheOriginalsCodes()
    {
        string model = _shop.Animator(), video = _shop.Frames("video.safetensors", 3, seed: 2), still = _shop.Frames("still.safetensors", 1, seed: 3);
        Workshop.Good($"edit --checkpoint {model} --video {video} --edited {still} --out {_shop.At("edited.safetensors")}");
        Workshop.Good($"animate --checkpoint {model} --source {still} --driving {video} --out {_shop.At("animated.safetensors")}");

        using var scope = NewDisposeScope();
        Assert.True((_shop.Tensor("edited.safetensors", "frames") - _shop.Tensor("animated.safetensors", "frames")).abs().max().item<float>() < 1e-5);
        Assert.True((_shop.Tensor("edited.safetensors", "original") - _shop.Tensor("video.safetensors", "frames")).abs().max().item<float>() == 0);
    }

    [Fact]
    public void Edit_Relative_StartsFromTheStillsOwnCode()
    {
        string model = _shop.Animator(), video = _shop.Frames("video.safetensors", 3, seed: 2), still = _shop.Frames("still.safetensors", 1, seed: 3);
        Workshop.Good($"edit --checkpoint {model} --video {video} --edited {still} --relative --out {_shop.At("edited.safetensors")}");
        Workshop.Good($"animate --checkpoint {model} --source {still} --driving {still} --out {_shop.At("own.safetensors")}");

        using var scope = NewDisposeScope();
        Assert.True((_shop.Tensor("edited.safetensors", "codes")[0] - _shop.Tensor("own.safetensors", "codes")[0]).abs().max().item<float>() < 1e-5);
    }

    [Theory]
    [InlineData("recolour")]
    [InlineData("poster")]
    public void Edit_BuiltIn_WritesOriginalBesideEdited_AndTheStill(string edit)
    {
        string model = _shop.Animator(), video = _shop.Frames("video.safetensors", 3, seed: 2);
        Workshop.Good($"edit --checkpoint {model} --video {video} --edit {edit} --still {_shop.At("still.png")} --out {_shop.At("edited.mp4")}");

        var info = Workshop.Good($"inspect {_shop.At("edited.mp4")} --json");
        Assert.Equal(3, (int)info["frame_count"]!);
        Assert.True((int)info["width"]! >= 512);
        Assert.Equal(16, (int)Workshop.Good($"inspect {_shop.At("still.png")} --json")["width"]!);
    }

    [Theory]
    [InlineData("", "no edited still")]
    [InlineData("--edit poster --edited x.png", "two edited stills")]
    public void Edit_NeitherOrBothStills_AreRefused(string stills, string expected) =>
        Assert.Contains(expected, Workshop.Bad($"edit --checkpoint a --video b --out c.mp4 {stills}"));

    [Fact]
    public void Edit_StillOfOtherProportions_IsRefused()
    {
        string model = _shop.Animator();
        Leo.Lab.Media.VideoWriter.WriteAll(_shop.At("square.mp4"), new Leo.Lab.Media.Video(2, 32, 32, 25, new byte[2 * 32 * 32 * 3]));
        Leo.Lab.Media.ImageFile.Write(_shop.At("wide.png"), new Leo.Lab.Media.Image(32, 48, new byte[32 * 48 * 3]));

        string error = Workshop.Bad($"edit --checkpoint {model} --video {_shop.At("square.mp4")} --edited {_shop.At("wide.png")} --out {_shop.At("out.mp4")}");

        Assert.Contains("wide.png: 48×32, while the video is 32×32", error);
    }
}
