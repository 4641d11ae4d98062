using Leo.Lab.Checkpoints;
using Leo.Lab.Checkpoints.PyTorch;
using static Leo.Lab.Tests.Checkpoints.PickleBytes;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Checkpoints;

/// <summary>Files that PyTorch itself wrote (Golden/make_pickles.py), and forms of older versions put together by hand.</summary>
public class PyTorchFileTests
{
    public static TheoryData<string, ScalarType> Types
    {
        get
        {
            var data = new TheoryData<string, ScalarType>();
            foreach (string format in (string[])["zip", "legacy"])
            {
                foreach (var type in (ScalarType[])[ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64,
                    ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool])
                {
                    data.Add(format, type);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Read_EveryType_GivesTheNumbers(string format, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var file = TensorFile.Open(Golden($"types.{format}.pt"));
        string name = type == ScalarType.Byte ? "uint8" : type.ToString().ToLowerInvariant();
        Assert.Equal(type, file.DType(name));
        Assert.Equal([2, 3], file.Shape(name));
        Assert.Equal(type == ScalarType.Bool ? [0, 1, 1, 1, 1, 1] : [0, 1, 2, 3, 4, 5], Numbers(file.Read(name)));
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("legacy")]
    public void Read_ViewsOfOneStorage_FollowOffsetsAndStrides(string format)
    {
        using var scope = NewDisposeScope();
        using var file = TensorFile.Open(Golden($"views.{format}.pt"));
        Assert.Equal($"PyTorch ({format})", file.Format);
        Assert.Equal(Range(24, i => i), Numbers(file.Read("base")));
        Assert.Equal(Range(24, i => i), Numbers(file.Read("again")));
        Assert.Equal([4, 6], file.Shape("matrix"));
        Assert.Equal([6, 4], file.Shape("transposed"));
        Assert.Equal(Range(24, i => (i % 4 * 6) + (i / 4)), Numbers(file.Read("transposed")));
        Assert.Equal([2, 8, 14, 20], Numbers(file.Read("column")));
        Assert.Equal([5, 6, 7, 8, 9, 10], Numbers(file.Read("middle")));
        Assert.Equal(Range(8, i => 1 + (3 * i)), Numbers(file.Read("every_third")));
        Assert.Equal([2, 3], file.Shape("repeated"));
        Assert.Equal([7, 7, 7, 7, 7, 7], Numbers(file.Read("repeated")));
        Assert.Empty(file.Shape("scalar"));
        Assert.Equal([2.5], Numbers(file.Read("scalar")));
        Assert.Equal([0, 3], file.Shape("none"));
        Assert.Empty(Numbers(file.Read("none")));
        Assert.Equal([0, 1], Numbers(file.Read("parameter")));
        Assert.Equal([3], Numbers(file.Read("frozen")));
        Assert.Equal([1, 2], Numbers(file.Read("storage")));
        Assert.All(file.Names, name => Assert.True(file.Read(name).is_contiguous(), name));
    }

    [Theory]
    [InlineData("nested.zip.pt")]
    [InlineData("nested.legacy.pt")]
    [InlineData("nested3.zip.pt")]
    [InlineData("nested4.zip.pt")]
    [InlineData("nested4.legacy.pt")]
    [InlineData("nested5.zip.pt")]
    public void Open_NestedDictsAndNamespace_NamesTensorsAndKeepsValues(string name)
    {
        using var scope = NewDisposeScope();
        using var file = TensorFile.Open(Golden(name));
        // DataParallel's "module." is gone.
        Assert.Equal(["net.0.weight", "net.0.bias", "net.1.weight", "net.1.bias", "net.1.running_mean", "net.1.running_var", "net.1.num_batches_tracked", "list.0", "list.1.x"],
            file.Names);
        Assert.Equal([1, 1], Numbers(file.Read("net.0.weight")));
        Assert.Equal([7], Numbers(file.Read("net.1.num_batches_tracked")));
        Assert.Equal(new Dictionary<string, string>
        {
            ["pt.args.size"] = "256",
            ["pt.args.lr"] = "0.002",
            ["pt.args.name"] = "größe",
            ["pt.args.resume"] = "None",
            ["pt.args.flag"] = "True",
            ["pt.args.betas"] = "[0.0, 0.99]",
            ["pt.args.big"] = "1099511627776",
            ["pt.args.small"] = "-70000",
            ["pt.shape"] = "[2, 3]",
            ["pt.device"] = "cuda:0",
            ["pt.type"] = "torch.float16",
            ["pt.ordered.a"] = "1",
            ["pt.ordered.b"] = "[1, 2, 300]",
        }, file.Metadata);
    }

    [Theory]
    [InlineData("pytorch_lightning.utilities.parsing", "")]
    [InlineData("lightning.pytorch.utilities.parsing", "")]
    [InlineData("lightning_fabric.utilities.data", "}b")] // with a state of its own, which does not count
    [InlineData("lightning.fabric.utilities.data", "}b")]
    public void Open_LightningsAttributeDict_IsADict(string module, string state)
    {
        string settings = $"c{module}\nAttributeDict\n)\u0081({Text("size")}{Number(64)}{Text("net")}{Dict("width", Number(8))}u{state}";
        string pickle = $"\u0080\u0002}}({Text("state_dict")}{Dict("w", Tensor(Storage(2), 0, Number(2) + "\u0085", Number(1) + "\u0085"))}{Text("hyper_parameters")}{settings}u.";
        using var scope = NewDisposeScope();

        using var file = Open(Zip(pickle, 3, 4));

        Assert.Equal([3, 4], Numbers(file.Read(Assert.Single(file.Names))));
        Assert.Equal(("64", "8"), (file.Metadata["pt.hyper_parameters.size"], file.Metadata["pt.hyper_parameters.net.width"]));
    }

    [Fact]
    public void Open_PartOfAStorageAsOldVersionsWroteIt_CountsFromThere()
    {
        string view = Tuple(Text("v"), Number(2), Number(3));
        using var scope = NewDisposeScope();
        using var file = Open(Legacy($"\u0080\u0002{Dict("a", Tensor(Storage(6, view: view), 1, Number(2) + "\u0085", Number(1) + "\u0085"))}.", ("0", [10, 11, 12, 13, 14, 15])));
        Assert.Equal([13, 14], Numbers(file.Read("a")));
    }

    [Fact]
    public void Open_TextsAndDictsAsPython2WroteThem_AreUnderstood()
    {
        string tensor = Tensor(Storage(2).Replace(Text("storage"), "U\u0007storage"), 0, Number(2) + "\u0085", Number(1) + "\u0085");
        using var scope = NewDisposeScope();
        using var file = Open(Legacy($"\u0080\u0002ccollections\nOrderedDict\n](](U\u0001w{tensor}ee\u0085R.", ("0", [3, 4])));
        Assert.Equal([3, 4], Numbers(file.Read("w")));
    }

    [Fact]
    public void Open_TensorOnItsOwn_IsCalledTensor()
    {
        using var scope = NewDisposeScope();
        using var file = Open(Zip($"\u0080\u0002{Tensor(Storage(2), 0, Number(2) + "\u0085", Number(1) + "\u0085")}.", 5, 6));
        Assert.Equal(["tensor"], file.Names);
        Assert.Equal([5, 6], Numbers(file.Read("tensor")));
    }

    [Fact]
    public void Open_LiaTrainingCheckpoint_HasAllFourPartsAndTheArguments()
    {
        using var checkpoint = Checkpoint.Open(Golden("lia-tiny.legacy.pt"), "animator");
        Assert.Equal("gen.", CheckpointLoader.Prefix(checkpoint));
        Assert.Equal((50, 15), (checkpoint.File.Names.Count(n => n.StartsWith("gen.")), checkpoint.File.Names.Count(n => n.StartsWith("dis."))));
        // The last parameter in the file's order is the encoder's first.
        Assert.Equal([2, 3, 1, 1], checkpoint.File.Shape("g_optim.state.44.exp_avg_sq"));
        Assert.Equal("7", checkpoint.File.Metadata["pt.g_optim.state.0.step"]);
        Assert.Equal([], checkpoint.File.Shape("d_optim.state.0.step"));
        Assert.Equal("0.0016", checkpoint.File.Metadata["pt.g_optim.param_groups.0.lr"]);
        Assert.Equal("800000", checkpoint.File.Metadata["pt.args.iter"]);
    }

    [Fact]
    public void Read_UnknownName_NamesFileAndKey()
    {
        using var file = TensorFile.Open(Golden("types.zip.pt"));
        Assert.Equal("nothing", Assert.Throws<CheckpointException>(() => file.Read("nothing")).Key);
    }

    [Theory]
    [InlineData("views.zip.pt")]
    [InlineData("views.legacy.pt")]
    [InlineData("nested.zip.pt")]
    [InlineData("nested4.legacy.pt")]
    public void Open_TruncationsOfAGoodFile_Throws(string name)
    {
        using var folder = new TempFolder();
        byte[] good = File.ReadAllBytes(Golden(name));
        for (int length = 0; length < good.Length; length += 29)
        {
            File.WriteAllBytes(folder["bad.pt"], good[..length]);
            Assert.Throws<CheckpointException>(() => TensorFile.Open(folder["bad.pt"]));
        }
    }

    [Theory]
    [InlineData("views.zip.pt")]
    [InlineData("nested.legacy.pt")]
    [InlineData("nested4.zip.pt")]
    public void OpenAndRead_BytesAtRandom_ThrowOnlyCheckpointExceptions(string name)
    {
        using var folder = new TempFolder();
        byte[] good = File.ReadAllBytes(Golden(name));
        var random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 200; i++)
        {
            byte[] bad = [.. good];
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }
            File.WriteAllBytes(folder["bad.pt"], bad);
            try
            {
                using var scope = NewDisposeScope();
                using var file = TensorFile.Open(folder["bad.pt"]);
                Assert.All(file.Names, n => Assert.Equal(file.Shape(n), file.Read(n).shape));
            }
            catch (CheckpointException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 30, 200);
    }

    internal static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Checkpoints", "Golden", name);

    internal static double[] Numbers(Tensor tensor) => tensor.to(ScalarType.Float64).ToArray<double>();

    private static double[] Range(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];

    private static PyTorchFile Open(byte[] bytes)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["x"], bytes);
        // An open file stays readable after its name is gone, on Linux as on Windows with FileShare.Delete.
        return PyTorchFile.Open(folder["x"]);
    }
}
