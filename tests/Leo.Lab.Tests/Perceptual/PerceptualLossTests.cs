using Leo.Lab.Perceptual;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Perceptual;

public class PerceptualLossTests
{
    [Fact]
    public void Pyramid_OfFormulaPicture_IsTheFirstOrderModels()
    {
        using var scope = NewDisposeScope();
        using var pyramid = new ImagePyramid(4);
        var golden = PerceptualGolden.Of("pyramid").EnumerateArray().ToArray();
        var levels = pyramid.Of(PerceptualGolden.Picture("picture", [2, 3, 64, 64], 1));
        Assert.Equal(golden.Length, levels.Count);
        for (int i = 0; i < golden.Length; i++) PerceptualGolden.Same(golden[i], levels[i], 1e-6);
    }

    [Fact]
    public void Loss_FormulaWeights_HasPyTorchsValueAndGradient()
    {
        using var scope = NewDisposeScope();
        using var loss = new PerceptualLoss(Vgg(), 64);
        var found = PerceptualGolden.Picture("found", [2, 3, 64, 64], 1.2).requires_grad_(true);
        var wanted = PerceptualGolden.Picture("wanted", [2, 3, 64, 64], 1).requires_grad_(true);
        var value = loss.Of(found, wanted);
        value.backward();
        var golden = PerceptualGolden.Of("loss");
        Assert.Equal(golden.GetProperty("value").GetDouble(), value.item<float>(), 1e-5);
        Assert.Equal(golden.GetProperty("gradient").GetDouble(), found.grad!.abs().sum().item<float>(), 1e-3);
        PerceptualGolden.SameValues(golden, found.grad!, 1e-6);
        Assert.True(wanted.grad is null);
    }

    [Fact]
    public void Loss_OfEqualPictures_IsZero()
    {
        using var scope = NewDisposeScope();
        using var loss = new PerceptualLoss(Vgg(), 16, scales: 1);
        var picture = PerceptualGolden.Picture("found", [1, 3, 16, 16], 1);
        Assert.Equal(0, loss.Of(picture, picture).item<float>());
    }

    [Theory]
    [InlineData(256, "vgg19-4-6-8-10-12 at scales 1, 1/2, 1/4, 1/8")]
    [InlineData(64, "vgg19-4-6-8-10-12 at scales 1, 1/2, 1/4; 1/8 left out, as vgg19-4-6-8-10-12 needs 16 pixels")]
    [InlineData(16, "vgg19-4-6-8-10-12 at scales 1; 1/2, 1/4, 1/8 left out, as vgg19-4-6-8-10-12 needs 16 pixels")]
    public void Description_OfSize_NamesScalesAndWhatIsLeftOut(int size, string expected)
    {
        using var loss = new PerceptualLoss(Vgg(), size);
        Assert.Equal(expected, loss.Description);
    }

    [Fact]
    public void Loss_ForImagesTooSmallForAll_IsRefused()
    {
        using var network = Vgg();
        Assert.Contains("found 8", Assert.Throws<SettingsException>(() => new PerceptualLoss(network, 8)).Message);
    }

    private static Vgg19Features Vgg()
    {
        var network = new Vgg19Features(PerceptualGolden.ReducedWidths);
        PerceptualGolden.Fill(network);
        return network;
    }
}
