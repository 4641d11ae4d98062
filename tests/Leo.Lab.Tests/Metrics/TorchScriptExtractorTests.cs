using Leo.Lab.Checkpoints;
using Leo.Lab.Metrics;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

/// <summary>
/// Golden/tiny_detector.pt was scripted by PyTorch 1.13: a 2×2×2 convolution of 3 to 4 channels (weights i/96 − ½, biases .1 .2 .3 .4), normalised with
/// means .5 0 −.5 1, averaged; it takes StyleGAN-V's arguments and resizes to 6×6.
/// </summary>
public class TorchScriptExtractorTests
{
    private static readonly string Detector = Path.Combine(AppContext.BaseDirectory, "Metrics", "Golden", "tiny_detector.pt");

    // 37i mod 256 over [3 channels, 3 frames, 5, 7].
    private static Tensor Clip() => (arange(315, dtype: int64) * 37 % 256).to(float32).reshape(3, 3, 5, 7).transpose(0, 1);

    [Fact]
    public void Features_ByAStretchingProtocol_AreWhatTheProgramMakesOfRawFrames()
    {
        using var scope = NewDisposeScope();
        using var extractor = VideoExtractors.Open($"i3d:{Detector}");
        Assert.Equal("i3d-torchscript", extractor.Name);
        Assert.Equal("FVD", MetricName.Of("FVD", extractor.Name));
        float[] found = extractor.Features(Clip(), ClipResize.Stretch).flatten().ToArray<float>();
        double[] expected = [-0.7636531591415405, 0.07857367396354675, 0.9208004474639893, -0.23696266114711761];
        for (int i = 0; i < 4; i++)
            Assert.Equal(expected[i], found[i], 1e-5);
    }

    [Fact]
    public void Features_ByACroppingProtocol_AreOfThePreparedClip()
    {
        using var scope = NewDisposeScope();
        using var extractor = TorchScriptExtractor.Load(Detector);
        using var module = jit.load(Detector);
        var prepared = ClipPreparation.Run(Clip(), ClipResize.ShortSideAndCrop, 224);
        var expected = (Tensor)module.forward(prepared, false, false, true);
        Assert.True(expected.allclose(extractor.Features(Clip(), ClipResize.ShortSideAndCrop), 1e-6, 1e-6));
    }

    [Fact]
    public void Features_WhereTheProgramFails_IsOneLine()
    {
        using var scope = NewDisposeScope();
        using var extractor = TorchScriptExtractor.Load(Detector);
        var error = Assert.Throws<CheckpointException>(() => extractor.Features(zeros(1, 3, 8, 8), ClipResize.Stretch)); // shorter than the window
        Assert.Contains("failed on a clip of 1 frames", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Load_WhatIsNoProgram_IsRefused()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["text.pt"], "no program");
        Assert.Throws<CheckpointException>(() => TorchScriptExtractor.Load(folder["text.pt"]));
        Assert.Throws<CheckpointException>(() => VideoExtractors.Open($"i3d:{folder["none.pt"]}"));
    }
}
