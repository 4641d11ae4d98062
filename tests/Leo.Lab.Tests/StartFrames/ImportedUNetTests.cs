using Leo.Lab.Checkpoints;
using Leo.Lab.Diffusion;
using Leo.Lab.StartFrames;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.StartFrames;

/// <summary>U-Nets as improved-diffusion's trainer saves them: names and numbers alone.</summary>
public class ImportedUNetTests
{
    private static readonly StartFrameSettings Settings = new()
    {
        Size = 16,
        Patch = 1,
        Dim = 3,
        Network = new() { BaseChannels = 8, ChannelMult = [1, 2], ResBlocks = 1, AttentionRates = [2], Heads = 1, NormGroups = 4, ScaleShiftNorm = false },
    };

    [Theory]
    [InlineData("", "c.safetensors")]
    [InlineData("module.", "c.dat")]
    [InlineData("state_dict._orig_mod.", "c.safetensors")]
    [InlineData("model.", "c.dat")]
    public void Wrap_WithoutCodes_MakesAModelThatIsTheUNetWhateverTheCode(string prefix, string name)
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var unet = new UNet(2, 3, Settings.Network, 5);
        var tensors = unet.state_dict().ToDictionary(t => prefix + t.Key, t => t.Value);
        if (name.EndsWith(".dat", StringComparison.Ordinal))
            TorchSharpFile.Write(folder[name], tensors);
        else
            Safetensors.Write(folder[name], tensors);

        Assert.False(ImportedUNet.Wrap(folder[name], Settings, folder["out.safetensors"]));

        using var model = StartFrameModel.Load(folder["out.safetensors"]);
        Assert.Equal(Settings.Network, model.Settings.Network);
        using var noGrad = no_grad();
        unet.eval();
        Tensor x = rand(2, 3, 16, 16), t = tensor(new[] { 3L, 900L });
        var expected = unet.forward(x, t);
        foreach (var codes in (Tensor[])[zeros(2, 3), rand(2, 3) * 9])
            Assert.True(((UNet)model.Network).Denoise(x, t, codes, null).allclose(expected, rtol: 1e-5, atol: 1e-6));
    }

    [Fact]
    public void Wrap_WithCodes_KeepsThem()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var unet = new UNet(2, 3, Settings.Network, 5, conditionDim: 3);
        Safetensors.Write(folder["c"], unet.state_dict());
        Assert.True(ImportedUNet.Wrap(folder["c"], Settings, folder["out"]));
        using var model = StartFrameModel.Load(folder["out"]);
        Assert.All(unet.state_dict(), t => Assert.True(t.Value.Equals(model.Network.state_dict()[t.Key]), t.Key));
    }

    [Fact]
    public void Wrap_WithOtherSettings_NamesWhatDoesNotFit()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var unet = new UNet(2, 3, Settings.Network, 5);
        Safetensors.Write(folder["c"], unet.state_dict());
        var wider = Settings with { Network = Settings.Network with { BaseChannels = 16 } };
        Assert.Contains("expected [", Assert.Throws<CheckpointException>(() => ImportedUNet.Wrap(folder["c"], wider, folder["out"])).Message, StringComparison.Ordinal);
        var deeper = Settings with { Network = Settings.Network with { ResBlocks = 2 } };
        Assert.Throws<CheckpointException>(() => ImportedUNet.Wrap(folder["c"], deeper, folder["out"]));

        var classes = unet.state_dict();
        classes["label_emb.weight"] = zeros(10, 32);
        Safetensors.Write(folder["classes"], classes);
        Assert.Contains("label_emb", Assert.Throws<CheckpointException>(() => ImportedUNet.Wrap(folder["classes"], Settings, folder["out"])).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["out"]));
    }
}
