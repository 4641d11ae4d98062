using System.Text.Json.Nodes;
using Leo.Lab;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Cli.Tests;

/// <summary>A checkpoint by PyTorch, used as it is and converted.</summary>
public sealed class ConvertCommandTests : IDisposable
{
    private static readonly string Lia = Path.Combine(AppContext.BaseDirectory, "lia-tiny.legacy.pt");

    private readonly string _folder = Directory.CreateTempSubdirectory("leo-convert-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Animate_WithAPtFileOrItsConversions_GivesTheSameFrames()
    {
        using (var scope = NewDisposeScope())
        using (var generator = Seeds.Generator(1, "frames"))
            Safetensors.Write(At("frames.safetensors"), new Dictionary<string, Tensor> { ["frames"] = rand([2, 3, 8, 8], generator: generator) * 2 - 1 });

        Assert.Equal(50, (int)Good($"convert {Lia} {At("lia.safetensors")} --json")["tensors"]!);
        Good($"convert {At("lia.safetensors")} {At("lia.dat")}");
        File.Copy(Lia, At("renamed.bin"));
        foreach (string model in (string[])[Lia, At("renamed.bin"), At("lia.safetensors"), At("lia.dat")])
            Good($"animate --checkpoint {model} --source {At("frames.safetensors")} --driving {At("frames.safetensors")} --out {At(Path.GetFileName(model) + ".out.safetensors")}");

        byte[] expected = File.ReadAllBytes(At("lia-tiny.legacy.pt.out.safetensors"));
        Assert.All((string[])["renamed.bin", "lia.safetensors", "lia.dat"], name => Assert.Equal(expected, File.ReadAllBytes(At(name + ".out.safetensors"))));
    }

    [Fact]
    public void Convert_OfAnImprovedDiffusionUNet_TakesItsShapeFromTheCommandLine()
    {
        const string Shape = "--set size=16 --set patch=1 --set network.baseChannels=8 --set network.channelMult=[1,2] --set network.attentionRates=[2] --set network.normGroups=4";
        var settings = new Leo.Lab.Diffusion.UNetSettings { BaseChannels = 8, ChannelMult = [1, 2], ResBlocks = 1, AttentionRates = [2], NormGroups = 4 };
        using (var scope = NewDisposeScope())
        using (var unet = new Leo.Lab.Diffusion.UNet(2, 3, settings, 5))
            Safetensors.Write(At("ema_0.9999_001000.pt"), unet.state_dict().ToDictionary(t => "module." + t.Key, t => t.Value));

        Assert.False((bool)Good($"convert {At("ema_0.9999_001000.pt")} {At("start.safetensors")} --kind start-frame {Shape} --json")["conditional"]!);

        Assert.Equal("start-frame", (string)JsonNode.Parse(Commandline.Lines(Commandline.Run("inspect", At("start.safetensors"), "--json").Out)[^1])!["kind"]!);
        Assert.Contains("Give the settings that it was trained with", Commandline.Run("convert", At("ema_0.9999_001000.pt"), At("other.safetensors"), "--kind", "start-frame").Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, Commandline.Run("convert", At("a"), At("b"), "--set", "size=16").Code);
    }

    [Fact]
    public void Animate_WithFramesFromZeroToOne_SaysHowToRescale()
    {
        using (var scope = NewDisposeScope())
            Safetensors.Write(At("frames.safetensors"), new Dictionary<string, Tensor> { ["frames"] = rand([1, 3, 8, 8]) });
        var (code, _, error) = Commandline.Run("animate", "--checkpoint", Lia, "--source", At("frames.safetensors"), "--out", At("out.png"));
        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("note: " + At("frames.safetensors") + ": no value is below 0", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_PtFile_TellsFormatPartsAndArguments()
    {
        var (code, text, _) = Commandline.Run("inspect", Lia, "--tensors", "--json");

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("PyTorch (legacy)", text);
        Assert.Contains("parts     d_optim 39, dis 15, g_optim 88, gen 50", text);
        Assert.Contains("  args.batch_size = 32", text);
        var json = JsonNode.Parse(Commandline.Lines(text)[^1])!;
        Assert.Equal("0.0016", (string)json["values"]!["g_optim.param_groups.0.lr"]!);
    }

    [Fact]
    public void TrainAnimator_WithInit_GoesOnFromIt()
    {
        Good($"data puppets --kind faces --out {At("data")} --train 1 --test 1 --videos 1 --frames 4 --size 32");
        Good($"train animator --data {At("data")} --run {At("run")} --init {Lia} --steps 1 --set batchSize=2 --set adversarialWeight=1");

        var settings = JsonNode.Parse(File.ReadAllText(At("run/settings.json")))!;
        Assert.Equal(8, (int)settings["model"]!["size"]!);
        Assert.Equal(Lia, (string)settings["losses"]!["init"]!);
        using var trained = TensorFile.Open(Directory.GetFiles(At("run/checkpoints"), "*.safetensors").Single());
        using var scope = NewDisposeScope();
        Assert.Equal(8, trained.Read("optim.animator.step").max().item<long>());
        Assert.Equal(10, trained.Read("optim.discriminator.step").max().item<long>());
    }

    [Fact]
    public void TrainAnimator_WithInitAndAnotherShape_IsRefused()
    {
        var (code, _, error) = Commandline.Run("train", "animator", "--data", _folder, "--run", At("run"), "--init", Lia, "--set", "animator.size=32");

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("the shape of the animator is that of", Assert.Single(Commandline.Lines(error)));
    }

    [Fact]
    public void Convert_HostileFile_IsOneLineThatNamesTheGlobalAndWritesNothing()
    {
        File.WriteAllBytes(At("evil.pt"), [0x80, 2, .. "cposix\nsystem\nX\u0002\0\0\0id"u8, 0x85, .. "R."u8]);

        var (code, _, error) = Commandline.Run("convert", At("evil.pt"), At("out.safetensors"));

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("the global 'posix.system' at byte 2", Assert.Single(Commandline.Lines(error)));
        Assert.Equal(["evil.pt"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static JsonNode Good(string line)
    {
        var (code, text, error) = Commandline.Run(line.Split(' '));
        Assert.True(code == ExitCode.Success, error);
        return line.Contains("--json") ? JsonNode.Parse(Commandline.Lines(text)[^1])! : new JsonObject();
    }
}
