using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Checkpoints;

public class CheckpointConverterTests
{
    [Fact]
    public void Convert_LiaCheckpoint_GivesTheGeneratorUnderItsOwnNames()
    {
        using var folder = new TempFolder();
        Assert.Equal(50, Convert(Lia, folder["lia.safetensors"]));
        using var scope = NewDisposeScope();
        using var source = TensorFile.Open(Lia);
        using var file = TensorFile.Open(folder["lia.safetensors"]);
        Assert.Equal("safetensors", file.Format);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.False(file.Metadata.ContainsKey(CheckpointNames.Kind));
        Assert.Equal(50, file.Names.Count);
        Assert.All(file.Names, name => Assert.True(source.Read("gen." + name).Equals(file.Read(name)), name));
    }

    [Fact]
    public void Convert_AllOfALiaCheckpoint_KeepsTensorsValuesAndTheirOrder()
    {
        using var folder = new TempFolder();
        Convert(Lia, folder["all.safetensors"], all: true);
        using var scope = NewDisposeScope();
        using var source = TensorFile.Open(Lia);
        using var file = TensorFile.Open(folder["all.safetensors"]);
        Assert.Equal(source.Names.Order(StringComparer.Ordinal), file.Names.Order(StringComparer.Ordinal));
        Assert.Equal(source.Names, Json.Read<List<string>>(file.Metadata[CheckpointNames.Order], "order"));
        Assert.All(source.Metadata, m => Assert.Equal(m.Value, file.Metadata[m.Key]));
        Assert.All(source.Names, name => Assert.True(source.Read(name).Equals(file.Read(name)), name));
    }

    [Fact]
    public void Convert_ToTorchSharpAndBack_KeepsTheTensors()
    {
        using var folder = new TempFolder();
        Convert(Lia, folder["a.dat"]);
        Convert(folder["a.dat"], folder["b.safetensors"]);
        Convert(Lia, folder["c.safetensors"]);
        Assert.Equal(File.ReadAllBytes(folder["c.safetensors"]), File.ReadAllBytes(folder["b.safetensors"]));
    }

    [Fact]
    public void Convert_TrainingCheckpoint_KeepsKindSettingsAndStep()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        Checkpoint.Save(folder["t"], "toy", """{"width":4}""", 9, new Dictionary<string, Tensor> { ["ema.w"] = ones(2), ["model.w"] = zeros(2), ["extra.mean"] = ones(1) });
        Convert(folder["t"], folder["w.safetensors"]);
        using var shipped = Checkpoint.Open(folder["w.safetensors"], "toy");
        Assert.Equal(["extra.mean", "w"], shipped.File.Names.Order(StringComparer.Ordinal));
        Assert.Equal((9L, """{"width":4}"""), (shipped.Step, shipped.SettingsJson));
        Assert.True(shipped.File.Read("w").Equals(ones(2)));
    }

    [Theory]
    [InlineData("x.pt")]
    [InlineData("x")]
    public void Convert_ToAnUnknownFormat_SaysWhichThereAre(string target)
    {
        using var folder = new TempFolder();
        var error = Assert.Throws<LeoException>(() => Convert(Lia, folder[target]));
        Assert.Contains(".safetensors or .dat", error.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Convert_FileWithoutTensors_IsRefused()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["x.pt"], PickleBytes.Zip("\u0080\u0002}."));
        Assert.Contains("found none", Assert.Throws<CheckpointException>(() => Convert(folder["x.pt"], folder["y.safetensors"])).Message);
    }

    [Fact]
    public void Summary_LiaCheckpoint_TellsPartsAndValues()
    {
        var summary = CheckpointSummary.Read(Lia);
        Assert.Equal(("PyTorch (legacy)", "gen.", null), (summary.Format, summary.WeightsPrefix, summary.Kind));
        Assert.Equal(["d_optim", "dis", "g_optim", "gen"], summary.Parts.Select(p => p.Name));
        Assert.Equal("8", summary.Values["args.size"]);
    }

    [Theory]
    [InlineData("lia-tiny.legacy.pt", true)]
    [InlineData("lia-tiny-half.zip.pt", true)]
    [InlineData("make_pickles.py", false)]
    public void Recognises_Content_TellsTensorsFromOtherFiles(string name, bool expected)
    {
        using var folder = new TempFolder();
        File.Copy(PyTorchFileTests.Golden(name), folder["x.bin"]);
        Assert.Equal(expected, TensorFile.Recognises(folder["x.bin"]));
    }

    private static string Lia => PyTorchFileTests.Golden("lia-tiny.legacy.pt");

    private static int Convert(string source, string target, bool all = false)
    {
        using var checkpoint = Checkpoint.Open(source);
        return CheckpointConverter.Convert(checkpoint, target, all);
    }
}
