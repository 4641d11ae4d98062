using Leo.Lab.Checkpoints;
using Leo.Lab.Data;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Data;

public class FrameRangeTests
{
    [Theory]
    [InlineData(0, 1, "frames * 2 - 1")]
    [InlineData(0.2f, 0.9f, "frames * 2 - 1")]
    [InlineData(0, 255, "frames / 127.5 - 1")]
    [InlineData(3, 200, "frames / 127.5 - 1")]
    [InlineData(-1, 1, null)]
    [InlineData(-0.001f, 1, null)]
    [InlineData(0, 0, null)]
    [InlineData(-1, -1, null)]
    public void Note_ByRange_SaysHowToRescale(float least, float most, string? expected)
    {
        using var scope = NewDisposeScope();
        string? note = FrameRange.Note(tensor(new[] { least, most, (least + most) / 2 }), "x.safetensors");
        if (expected is null)
            Assert.Null(note);
        else
            Assert.Contains(expected, note, StringComparison.Ordinal);
    }

    [Fact]
    public void Note_OfAFile_LooksAtItsFramesAndLeavesPicturesAlone()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        Safetensors.Write(folder["x.safetensors"], new Dictionary<string, Tensor> { ["frames"] = ones(1, 3, 8, 8) });
        Assert.Contains("no value is below 0", FrameRange.Note(folder["x.safetensors"]), StringComparison.Ordinal);
        Safetensors.Write(folder["y.safetensors"], new Dictionary<string, Tensor> { ["other"] = ones(1) });
        Assert.Null(FrameRange.Note(folder["y.safetensors"]));
        Assert.Null(FrameRange.Note(folder["absent.png"]));
    }
}
