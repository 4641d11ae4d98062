using Leo.Lab.Checkpoints;
using Leo.Lab.Data;
using Leo.Lab.Media;
using Leo.Lab.Tests.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Data;

public sealed class FrameSourceTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    [Fact]
    public void Load_VideoPictureAndFolder_GiveModelSizedFrames()
    {
        VideoWriter.WriteAll(media.At("in.mp4"), MediaFixture.Ramps(48, 32, 5, 10));
        ImageFile.Write(media.At("in.png"), MediaFixture.Ramps(48, 32, 1).ImageAt(0));
        VideoWriter.WriteAll(media.At("in-frames"), MediaFixture.Ramps(48, 32, 3));

        using var video = FrameSource.Load(media.At("in.mp4"), 16);
        using var picture = FrameSource.Load(media.At("in.png"), 16);
        using var folder = FrameSource.Load(media.At("in-frames"), 16);

        Assert.Equal([5L, 3, 16, 16], video.Tensor.shape);
        Assert.Equal([1L, 3, 16, 16], picture.Tensor.shape);
        Assert.Equal([3L, 3, 16, 16], folder.Tensor.shape);
        Assert.Equal((10.0, 25.0), (video.FramesPerSecond, picture.FramesPerSecond));
    }

    [Fact]
    public void Save_Tensors_LoadBackExactly()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var frames = rand([3, 3, 8, 8], dtype: ScalarType.Float32, generator: generator) * 2 - 1;
        var codes = ones(3, 20);

        FrameSink.Save(media.At("exact.safetensors"), frames, 12.5, new Dictionary<string, Tensor> { ["codes"] = codes });
        using var back = FrameSource.Load(media.At("exact.safetensors"), 8);

        Assert.True(frames.equal(back.Tensor).all().item<bool>());
        Assert.Equal(12.5, back.FramesPerSecond);
        using var file = SafetensorsFile.Open(media.At("exact.safetensors"));
        Assert.Equal(["codes", "frames"], file.Names.Order());
    }

    [Theory]
    [InlineData("out.mp4")]
    [InlineData("out.gif")]
    [InlineData("out/%05d.png")]
    public void Save_VideoAndNumberedPictures_CanBeReadAgain(string name)
    {
        using var frames = FrameTensors.FromVideo(MediaFixture.Ramps(32, 32, 4));

        FrameSink.Save(media.At(name), frames, 25);
        using var back = FrameSource.Load(media.At(name.Split('/')[0]), 32);

        using var difference = (back.Tensor - frames).abs().mean();
        Assert.InRange(difference.item<float>(), 0, 0.06f);
    }

    [Fact]
    public void Save_SeveralFramesIntoOnePicture_IsRefused()
    {
        using var frames = zeros(2, 3, 8, 8);

        var error = Assert.Throws<MediaException>(() => FrameSink.Save(media.At("one.png"), frames, 25));

        Assert.Contains("%05d", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SmallerThanTheModel_NamesBothSizes()
    {
        VideoWriter.WriteAll(media.At("tiny.mp4"), MediaFixture.Ramps(16, 16, 2));

        var error = Assert.Throws<DataException>(() => FrameSource.Load(media.At("tiny.mp4"), 64));

        Assert.Contains("16×16", error.Message, StringComparison.Ordinal);
        Assert.Contains("64×64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TensorsThatAreNoFrames_SayWhy()
    {
        using var scope = NewDisposeScope();
        string Save(string name, string key, Tensor tensor)
        {
            Safetensors.Write(media.At(name), new Dictionary<string, Tensor> { [key] = tensor });
            return media.At(name);
        }

        string Error(string path) => Assert.Throws<DataException>(() => FrameSource.Load(path, 8)).Message;

        Assert.Contains("no tensor 'frames' but codes", Error(Save("a.safetensors", "codes", zeros(2, 20))), StringComparison.Ordinal);
        Assert.Contains("[2, 1, 8, 8]", Error(Save("b.safetensors", "frames", zeros(2, 1, 8, 8))), StringComparison.Ordinal);
        Assert.Contains("4×8", Error(Save("c.safetensors", "frames", zeros(2, 3, 8, 4))), StringComparison.Ordinal);
        Assert.Contains("values reach 255", Error(Save("d.safetensors", "frames", full([1, 3, 8, 8], 255f))), StringComparison.Ordinal);
        Assert.Contains("no finite numbers, first in frame 0", Error(Save("e.safetensors", "frames", full([1, 3, 8, 8], double.NaN))), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OnePictureAsTensor_GetsATimeAxis()
    {
        using var picture = zeros(3, 8, 8);
        Safetensors.Write(media.At("picture.safetensors"), new Dictionary<string, Tensor> { ["frames"] = picture });

        using var frames = FrameSource.Load(media.At("picture.safetensors"), 8);

        Assert.Equal([1L, 3, 8, 8], frames.Tensor.shape);
    }
}
