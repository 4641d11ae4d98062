using Leo.Lab.Data;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Data;

public sealed class FrameTensorsTests
{
    [Fact]
    public void FromBytes_Pixels_BecomePlanes()
    {
        using var scope = NewDisposeScope();

        // One frame, one row, two pixels.
        var frames = FrameTensors.FromBytes([0, 127, 255, 51, 102, 204], 1, 1, 2);

        Assert.Equal([1L, 3, 1, 2], frames.shape);
        Assert.Equal(ScalarType.Float32, frames.dtype);
        float[] expected = [-1, (51 / 127.5f) - 1, (127 / 127.5f) - 1, (102 / 127.5f) - 1, 1, (204 / 127.5f) - 1];
        Assert.Equal(expected, frames.ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void ToVideo_OfEveryByte_GivesItBack()
    {
        var video = new Video(2, 16, 8, 25, [.. Enumerable.Range(0, 768).Select(i => (byte)i)]);
        using var frames = FrameTensors.FromVideo(video);

        var back = FrameTensors.ToVideo(frames, 25);

        Assert.Equal(video.Rgb, back.Rgb);
        Assert.Equal((2, 16, 8, 25.0), (back.FrameCount, back.Height, back.Width, back.FramesPerSecond));
    }

    [Fact]
    public void ToImage_BeyondTheRange_IsClamped()
    {
        using var frame = tensor(new[] { -7f, 7f, float.NaN }, [3, 1, 1]);

        Assert.Equal([0, 255, 0], FrameTensors.ToImage(frame).Rgb);
    }

    [Fact]
    public void ToVideo_StridedHalfOrDoubleWithGradient_IsTheSame()
    {
        using var scope = NewDisposeScope();
        var frames = FrameTensors.FromBytes([.. Enumerable.Range(0, 48).Select(i => (byte)(5 * i))], 1, 4, 4);
        byte[] expected = FrameTensors.ToVideo(frames, 25).Rgb;

        Assert.Equal(expected, FrameTensors.ToVideo(frames.transpose(2, 3).contiguous().transpose(2, 3), 25).Rgb);
        Assert.Equal(expected, FrameTensors.ToVideo(frames.to(ScalarType.Float64), 25).Rgb);
        Assert.Equal(expected, FrameTensors.ToVideo(frames.clone().requires_grad_(true), 25).Rgb);
    }

    [Fact]
    public void WrongShapes_AreRefused()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => FrameTensors.FromBytes(new byte[5], 1, 1, 2));
        Assert.Throws<ArgumentException>(() => FrameTensors.ToVideo(zeros(2, 1, 4, 4), 25));
        Assert.Throws<ArgumentException>(() => FrameTensors.ToImage(zeros(2, 3, 4, 4)));
    }
}
