using Leo.Lab.Checkpoints;
using Leo.Lab.Data;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Data;

public class FrameRangeTests
{
    [Theory]
    [InlineData(0, 1, "frames * 2 - 1")]
    [InlineData(0.2f, 0.9f, "frames * 2 - 1")]
    [InlineData(0, 255, "value / 127.5 - 1")]
    [InlineData(3, 200, "value / 127.5 - 1")]
    [InlineData(-2.5f, 257, "value / 127.5 - 1")]
    [InlineData(0, 65535, "value / 32767.5 - 1")]
    [InlineData(-127, 128, "value / 128")]
    [InlineData(0, 6, "levels from 0 to 255 of a dark video")]
    [InlineData(-2.118f, 2.64f, "undo that first")]
    [InlineData(-0.03f, 1.02f, "frames * 2 - 1")]
    [InlineData(0, 0, "if black is meant, it is -1")]
    [InlineData(-1, 1, null)]
    [InlineData(-1.2f, 1.3f, null)]
    [InlineData(-0.2f, 1, null)]
    [InlineData(-1, -1, null)]
    [InlineData(-0.5f, 0.5f, null)]
    public void Note_ByRange_SaysHowToRescale(float least, float most, string? expected)
    {
        using var scope = NewDisposeScope();
        string? note = FrameRange.Note(tensor(new[] { least, most, (least + most) / 2 }), "x.safetensors");
        if (expected is null)
            Assert.Null(note);
        else
            Assert.Contains(expected, note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ScalarType.Byte, 0, 255, "whole numbers (Byte)", "/ 127.5 - 1")]
    [InlineData(ScalarType.Byte, 0, 0, "whole numbers (Byte)", "/ 127.5 - 1")]
    [InlineData(ScalarType.Byte, 0, 1, "whole numbers (Byte)", "/ 127.5 - 1")]
    [InlineData(ScalarType.Int32, 0, 65535, "whole numbers (Int32)", "/ 32767.5 - 1")]
    [InlineData(ScalarType.Int16, 0, 200, "whole numbers (Int16)", "/ 127.5 - 1")]
    [InlineData(ScalarType.Int64, -1, 1, "whole numbers (Int64)", "/ 127.5 - 1")]
    [InlineData(ScalarType.Bool, 0, 1, "whole numbers (Bool)", "* 2 - 1")]
    [InlineData(ScalarType.Float64, 0, 255, "values reach 255", "value / 127.5 - 1")]
    [InlineData(ScalarType.Float16, 0, 255, "values reach 255", "value / 127.5 - 1")]
    [InlineData(ScalarType.BFloat16, 0, 256, "values reach 256", "value / 127.5 - 1")]
    [InlineData(ScalarType.Float32, 0, float.NaN, "1 of 768 values is no finite number, first in frame 2", "leave the frame out")]
    [InlineData(ScalarType.Float64, -1, float.NegativeInfinity, "1 of 768 values is no finite number, first in frame 2", "leave the frame out")]
    public void Load_FramesThatCannotBe_SaysWhyAndWhatToDo(ScalarType type, float all, float one, string problem, string advice)
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        var frames = full(4, 3, 8, 8, all, dtype: type);
        frames[2, 1, 3, 3] = one;
        Safetensors.Write(folder["x.safetensors"], new Dictionary<string, Tensor> { ["frames"] = frames });
        string ofFile = Assert.Throws<DataException>(() => FrameSource.Load(folder["x.safetensors"], 8)).Message, ofTensor = Assert.Throws<ArgumentException>(() => ((FrameInput)frames).Load(8)).Message;
        foreach (string message in new[] { ofFile, ofTensor })
        {
            Assert.Contains(problem, message, StringComparison.Ordinal);
            Assert.Contains(advice, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Note_OfAFile_ComesWithItsFrames()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        Safetensors.Write(folder["x.safetensors"], new Dictionary<string, Tensor> { ["frames"] = ones(1, 3, 8, 8) });
        Assert.Contains("no value is below 0", FrameSource.Load(folder["x.safetensors"], 8).Note, StringComparison.Ordinal);
        Safetensors.Write(folder["y.safetensors"], new Dictionary<string, Tensor> { ["frames"] = -ones(1, 3, 8, 8) });
        Assert.Null(FrameSource.Load(folder["y.safetensors"], 8).Note);
    }
}
