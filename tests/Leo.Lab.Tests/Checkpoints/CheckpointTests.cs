using Leo.Lab.Checkpoints;
using Leo.Lab.Tests.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Checkpoints;

public class CheckpointTests
{
    private sealed record Settings
    {
        public int Width { get; init; }
    }

    [Fact]
    public void SaveThenOpen_KindSettingsStep_AreTheSame()
    {
        using var folder = new TempFolder();
        Save(folder["c.safetensors"]);
        using var checkpoint = Checkpoint.Open(folder["c.safetensors"], "toy");
        Assert.Equal(("toy", 7L, 4), (checkpoint.Kind, checkpoint.Step, checkpoint.Settings<Settings>(_ => { }).Width));
    }

    [Fact]
    public void Open_OtherKind_SaysWhichAndWhatToDo()
    {
        using var folder = new TempFolder();
        Save(folder["c.safetensors"]);
        var error = Assert.Throws<CheckpointException>(() => Checkpoint.Open(folder["c.safetensors"], "motion"));
        Assert.Equal($"{folder["c.safetensors"]}: expected a checkpoint of kind 'motion', found 'toy'. Give a checkpoint made by 'leo train motion'.", error.Message);
    }

    [Theory]
    [InlineData("ema.", "model.")]
    [InlineData("model.", "gen.")]
    [InlineData("gen.", null)]
    [InlineData("", null)]
    public void Load_EveryLayout_TakesTheRightWeights(string prefix, string? lesser)
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var source = Model(4, 1);
        using var target = Model(4, 2);
        var tensors = source.state_dict().ToDictionary(t => prefix + t.Key, t => (Tensor)t.Value);
        if (lesser is not null)
        {
            foreach (var (name, value) in target.state_dict())
            {
                tensors.Add(lesser + name, value);
            }
        }
        tensors["extra.mean"] = zeros(2);
        Safetensors.Write(folder["c"], tensors);
        using var checkpoint = Checkpoint.Open(folder["c"], "toy");
        Assert.Null(checkpoint.Kind);
        Assert.Equal(prefix, CheckpointLoader.Prefix(checkpoint));
        CheckpointLoader.Load(checkpoint, target);
        Assert.All(source.state_dict(), t => Assert.True(t.Value.Equals(target.state_dict()[t.Key]), t.Key));
        Assert.Equal([3, 4], CheckpointLoader.WeightShapes(checkpoint)["first"]);
    }

    [Theory]
    [InlineData("state_dict.")]
    [InlineData("g_ema.")]
    [InlineData("state_dict.gen.")]
    [InlineData("model.module.")]
    [InlineData("module.model.")]
    [InlineData("state_dict._orig_mod.module.generator.")]
    [InlineData("params_ema.")]
    [InlineData("model_state_dict.net.module._orig_mod.")]
    public void Load_UnderWhatTrainersWrapItIn_TakesTheWeights_FromEveryFormat(string prefix)
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var source = Model(4, 1);
        var tensors = source.state_dict().ToDictionary(t => prefix + t.Key, t => (Tensor)t.Value);
        tensors["optimizer.state.0.exp_avg"] = zeros(3);
        Safetensors.Write(folder["c.safetensors"], tensors);
        TorchSharpFile.Write(folder["c.dat"], tensors);
        foreach (string name in (string[])["c.safetensors", "c.dat"])
        {
            using var target = Model(4, 2);
            using var checkpoint = Checkpoint.Open(folder[name], "toy");
            CheckpointLoader.Load(checkpoint, target);
            Assert.All(source.state_dict(), t => Assert.True(t.Value.Equals(target.state_dict()[t.Key]), t.Key));
        }
    }

    [Fact]
    public void Load_WhereSeveralSetsAreThere_TakesTheOneThatHasTheModelsNames()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var source = Model(4, 1);
        using var target = Model(4, 2);
        var tensors = source.state_dict().ToDictionary(t => "state_dict.gen." + t.Key, t => (Tensor)t.Value);
        tensors["ema.encoder.weight"] = zeros(2);
        tensors["state_dict.dis.weight"] = zeros(2);
        Safetensors.Write(folder["c"], tensors);
        using var checkpoint = Checkpoint.Open(folder["c"]);
        CheckpointLoader.Load(checkpoint, target);
        Assert.All(source.state_dict(), t => Assert.True(t.Value.Equals(target.state_dict()[t.Key]), t.Key));
    }

    [Fact]
    public void Load_OfAnotherModel_SaysWhichNamesAreThereAndWhichWereExpected()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var target = Model(4, 2);
        Safetensors.Write(folder["c"], new Dictionary<string, Tensor> { ["state_dict.encoder.weight"] = zeros(1), ["state_dict.encoder.bias"] = zeros(1) });
        using var checkpoint = Checkpoint.Open(folder["c"]);
        string message = Assert.Throws<CheckpointException>(() => CheckpointLoader.Load(checkpoint, target)).Message;
        Assert.Contains($"{target.state_dict().Count} of {target.state_dict().Count} names are missing, and the file has 'state_dict.encoder.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BesideATensorOfAnUnknownType_DoesNotNeedIt()
    {
        using var folder = new TempFolder();
        using var source = Model(4, 1);
        using var target = Model(4, 2);
        Safetensors.Write(folder["c"], source.state_dict());
        byte[] whole = File.ReadAllBytes(folder["c"]);
        int length = (int)BitConverter.ToInt64(whole), data = whole.Length - 8 - length;
        var header = System.Text.Json.Nodes.JsonNode.Parse(whole.AsSpan(8, length))!.AsObject();
        header.Remove("__metadata__");
        header["scale"] = System.Text.Json.Nodes.JsonNode.Parse($$"""{"dtype":"F8_E5M2","shape":[2],"data_offsets":[{{data}},{{data + 2}}]}""");
        byte[] json = System.Text.Encoding.UTF8.GetBytes(header.ToJsonString());
        File.WriteAllBytes(folder["f8"], [.. BitConverter.GetBytes((long)json.Length), .. json, .. whole[(8 + length)..], 1, 2]);

        using (var checkpoint = Checkpoint.Open(folder["f8"]))
            CheckpointLoader.Load(checkpoint, target);

        Assert.All(source.state_dict(), t => Assert.True(t.Value.Equals(target.state_dict()[t.Key]), t.Key));
    }

    [Fact]
    public void Load_OtherSize_NamesKeyExpectedFoundAndChangesNothing()
    {
        using var folder = new TempFolder();
        Save(folder["c.safetensors"]);
        using var target = Model(6, 2);
        byte[] before = target.second.detach().bytes.ToArray();
        using var checkpoint = Checkpoint.Open(folder["c.safetensors"]);
        var error = Assert.Throws<CheckpointException>(() => CheckpointLoader.Load(checkpoint, target));
        Assert.Equal($"{folder["c.safetensors"]}, 'first': expected [3, 6], found [3, 4]. Use a checkpoint of this kind and size, or the preset it was trained with.", error.Message);
        Assert.Equal(before, target.second.detach().bytes.ToArray());
    }

    [Theory]
    [InlineData("bias", null, "expected a tensor [4], found none")]
    [InlineData(null, "surplus", "expected no tensor of this name, found one")]
    public void Load_MissingOrSurplusTensor_IsNamed(string? missing, string? surplus, string fault)
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var model = Model(4, 1);
        var tensors = model.state_dict().Where(t => t.Key != missing).ToDictionary(t => t.Key, t => (Tensor)t.Value);
        if (surplus is not null)
        {
            tensors[surplus] = zeros(1);
        }
        Safetensors.Write(folder["c"], tensors);
        using var checkpoint = Checkpoint.Open(folder["c"]);
        var error = Assert.Throws<CheckpointException>(() => CheckpointLoader.Load(checkpoint, model));
        Assert.Equal(missing ?? surplus, error.Key);
        Assert.Contains(fault, error.Message);
        if (surplus is not null)
        {
            CheckpointLoader.Load(checkpoint, model, ignore: n => n == surplus);
        }
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData("ema", 2)]
    [InlineData("ema1", 3)]
    [InlineData("model", 1)]
    public void Export_OneOfSeveralAverages_KeepsThatOne(string? set, float expected)
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        Checkpoint.Save(folder["run"], "toy", "{}", 5, new Dictionary<string, Tensor>
        {
            ["model.w"] = ones(2),
            ["ema.w"] = ones(2) * 2,
            ["ema1.w"] = ones(2) * 3,
            ["extra.c"] = ones(1),
            ["optim.w"] = ones(1),
        });
        using (var checkpoint = Checkpoint.Open(folder["run"]))
            checkpoint.Export(folder["one"], set: set);

        using var exported = SafetensorsFile.Open(folder["one"]);
        Assert.Equal(["extra.c", "w"], exported.Names.Order(StringComparer.Ordinal));
        Assert.Equal(expected, exported.Read("w")[0].item<float>());
    }

    [Fact]
    public void Export_AnAverageThatIsNotThere_SaysWhichAre()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        Checkpoint.Save(folder["run"], "toy", "{}", 5, new Dictionary<string, Tensor> { ["model.w"] = ones(2), ["ema.w"] = ones(2) });
        using var checkpoint = Checkpoint.Open(folder["run"]);
        var error = Assert.Throws<CheckpointException>(() => checkpoint.Export(folder["one"], set: "ema1"));
        Assert.Contains("found ema, model", error.Message);
        Assert.False(File.Exists(folder["one"]));
    }

    [Fact]
    public void Export_TrainingCheckpointInHalf_KeepsAveragedWeightsAndExtrasOnly()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var averaged = Model(4, 1);
        using var target = Model(4, 2);
        var tensors = averaged.state_dict().ToDictionary(t => "ema." + t.Key, t => (Tensor)t.Value);
        tensors["optim.fit.step"] = zeros([3], dtype: ScalarType.Int64);
        tensors["extra.mean"] = zeros(2);
        Checkpoint.Save(folder["train"], "toy", "{}", 9, tensors);
        using (var checkpoint = Checkpoint.Open(folder["train"]))
        {
            checkpoint.Export(folder["ship"], ScalarType.Float16);
        }
        using var shipped = Checkpoint.Open(folder["ship"], "toy");
        Assert.Equal(["bias", "calls", "extra.mean", "first", "second"], shipped.File.Names.Order(StringComparer.Ordinal));
        Assert.Equal(ScalarType.Float16, shipped.File.DType("first"));
        Assert.Equal(ScalarType.Int64, shipped.File.DType("calls"));
        Assert.Equal(9, shipped.Step);
        CheckpointLoader.Load(shipped, target);
        Assert.True(target.first.allclose(averaged.first, atol: 1e-3));
    }

    [Fact]
    public void Summary_Checkpoint_TellsAllWithoutItsData()
    {
        using var folder = new TempFolder();
        Save(folder["c.safetensors"]);
        var summary = CheckpointSummary.Read(folder["c.safetensors"]);
        Assert.Equal(("toy", 7L, """{"width":4}""", ""), (summary.Kind, summary.Step, summary.SettingsJson, summary.WeightsPrefix));
        Assert.Equal(12 + 4 + 8, summary.ParameterCount);
        Assert.Equal(["bias F32 [4]", "calls I64 [1]", "first F32 [3, 4]", "second F32 [4, 2]"], summary.Tensors.Select(t => $"{t.Name} {t.Type} {Shapes.Text(t.Shape)}"));
        Assert.Equal(new FileInfo(folder["c.safetensors"]).Length, summary.Bytes);
    }

    [Fact]
    public void Resolve_FolderWithoutCheckpoints_SaysSo()
    {
        using var folder = new TempFolder();
        var error = Assert.Throws<CheckpointException>(() => Checkpoint.Open(folder.Path));
        Assert.StartsWith($"{folder.Path}: expected a run folder with checkpoints, found none.", error.Message);
    }

    private static ToyModel Model(int width, long seed)
    {
        using var generator = Seeds.Generator(seed, "init");
        return new ToyModel(width, generator);
    }

    private static void Save(string path)
    {
        using var model = Model(4, 1);
        Checkpoint.Save(path, "toy", """{"width":4}""", 7, model.state_dict());
    }
}
