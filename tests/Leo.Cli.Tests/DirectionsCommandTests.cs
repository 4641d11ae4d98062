using Leo.Lab;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Cli.Tests;

public sealed class DirectionsCommandTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    private string Directions => $"directions --checkpoint {_shop.Animator()} --source {_shop.Frames("source.safetensors", 1, seed: 1)} --steps 5";

    [Fact]
    public void Directions_ToTensors_GivesFramesOfEachDirection_MiddleOnesUnmoved()
    {
        Workshop.Good($"{Directions} --out {_shop.At("d.safetensors")}");

        using var scope = NewDisposeScope();
        var frames = _shop.Tensor("d.safetensors", "frames");
        Assert.Equal([4, 5, 3, 16, 16], frames.shape);
        Assert.Equal([4, 5, 4], _shop.Tensor("d.safetensors", "codes").shape);
        Assert.Equal([-3f, -1.5f, 0f, 1.5f, 3f], _shop.Tensor("d.safetensors", "offsets")[2].ToArray<float>());
        Assert.True((frames[0][2] - frames[3][2]).abs().max().item<float>() < 1e-5);
        Assert.True((frames[0][0] - frames[0][4]).abs().max().item<float>() > 1e-4);
    }

    [Fact]
    public void Directions_WithCodes_GoAsFarAsTheirDeviations()
    {
        // Frame t of direction d has d + 1 times ±1: deviation d + 1.
        using (var scope = NewDisposeScope())
            Safetensors.Write(_shop.At("codes.safetensors"), new Dictionary<string, Tensor> { ["a"] = tensor(new float[,] { { 1, 2, 3, 4 }, { -1, -2, -3, -4 } }) });

        var json = Workshop.Good($"{Directions} --codes {_shop.At("codes.safetensors")} --range 2 --out {_shop.At("d.safetensors")} --json");

        Assert.Equal("deviation", (string)json["unit"]!);
        using var outer = NewDisposeScope();
        Assert.Equal([2f, 4f, 6f, 8f], _shop.Tensor("d.safetensors", "offsets").select(1, 4).contiguous().ToArray<float>());
    }

    [Fact]
    public void Directions_AroundTheReference_StartFromZero()
    {
        Workshop.Good($"{Directions} --around reference --out {_shop.At("d.safetensors")}");

        using var scope = NewDisposeScope();
        Assert.Equal(new float[4], _shop.Tensor("d.safetensors", "codes")[1][2].ToArray<float>());
    }

    [Fact]
    public void Directions_ToAVideo_IsASheetOfAsManyFramesAsSteps()
    {
        Workshop.Good($"{Directions} --out {_shop.At("d.mp4")}");

        var info = Workshop.Good($"inspect {_shop.At("d.mp4")} --json");
        Assert.Equal(5, (int)info["frame_count"]!);
        Assert.True((int)info["width"]! > 3 * 128);
    }

    [Fact]
    public void Directions_CodesOfAnotherAnimator_AreRefused()
    {
        using (var scope = NewDisposeScope())
            Safetensors.Write(_shop.At("codes.safetensors"), new Dictionary<string, Tensor> { ["a"] = zeros(2, 3) });

        Assert.Contains("codes have 3 numbers, the animator's 4", Workshop.Bad($"{Directions} --codes {_shop.At("codes.safetensors")} --out {_shop.At("d.mp4")}"));
    }
}
