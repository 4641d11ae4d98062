using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Nn;

[Collection(GlobalState.Name)]
public sealed class ModuleStateTests
{
    [Fact]
    public void LoadStateDict_OfAnotherInstance_CopiesEveryValue()
    {
        using SampleNetwork a = new(), b = new();
        NnFormula.Fill(a);
        var (missing, unexpected) = b.load_state_dict(a.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        AssertSame(a, b);
        Assert.All(b.parameters().Where(p => p.shape[0] != 3 || p.requires_grad), p => Assert.True(p.is_leaf));
    }

    [Fact]
    public void LoadStateDict_NamesDiffer_NamesThem()
    {
        using var block = new SampleBlock(4);
        var state = block.state_dict();
        state.Remove("first.bias");
        using var extra = zeros(1);
        state["stranger"] = extra;
        string message = Assert.Throws<InvalidOperationException>(() => block.load_state_dict(state)).Message;
        Assert.Contains("Missing: first.bias", message);
        Assert.Contains("Unexpected: stranger", message);
        var (missing, unexpected) = block.load_state_dict(state, strict: false);
        Assert.Equal(["first.bias"], missing);
        Assert.Equal(["stranger"], unexpected);
    }

    [Fact]
    public void LoadStateDict_AnotherShape_NamesItAndChangesNothing()
    {
        using SampleBlock small = new(3), large = new(4);
        NnFormula.Fill(large);
        using var before = large.scale.clone();
        string message = Assert.Throws<ArgumentException>(() => large.load_state_dict(small.state_dict())).Message;
        Assert.Contains("'scale' is [3], expected [4]", message);
        Assert.True(before.Equals(large.scale));
    }

    [Fact]
    public void LoadStateDict_Skip_LeavesThoseAlone()
    {
        using SampleBlock a = new(2), b = new(2);
        NnFormula.Fill(a);
        b.load_state_dict(a.state_dict(), skip: ["scale"]);
        using var one = ones(2);
        Assert.True(one.Equals(b.scale));
    }

    [Fact]
    public void SaveAndLoad_ThroughAFile_RestoresEveryValue()
    {
        string file = Path.GetTempFileName();
        try
        {
            using SampleNetwork a = new(), b = new();
            NnFormula.Fill(a);
            a.save(file);
            var found = new Dictionary<string, bool>();
            b.load(file, loadedParameters: found);
            AssertSame(a, b);
            Assert.Equal(a.state_dict().Keys.Order(), found.Keys.Order());
            Assert.All(found.Values, Assert.True);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Save_Bytes_AreTorchSharps()
    {
        using var layer = nn.Linear(2, 1, hasBias: false);
        using (no_grad()) layer.weight.fill_(1);
        using var stream = new MemoryStream();
        layer.save(new BinaryWriter(stream));
        // count, length and text of the name, type 6 = Float32, two dimensions, 1, 2, then the elements
        Assert.Equal([1, 6, .. "weight"u8, 6, 2, 1, 2, 0, 0, 0x80, 0x3F, 0, 0, 0x80, 0x3F], stream.ToArray());
    }

    [Fact]
    public void Load_OfAnotherModule_Refuses()
    {
        using var stream = new MemoryStream();
        using SampleBlock block = new(2);
        block.save(new BinaryWriter(stream));
        stream.Position = 0;
        using var layer = nn.Linear(2, 2);
        Assert.Contains("5", Assert.Throws<ArgumentException>(() => layer.load(new BinaryReader(stream))).Message);
    }

    [Fact]
    public void To_Double_KeepsParametersTheirGradientsAndOptimiser()
    {
        using var block = new SampleBlock(3);
        using var adam = optim.Adam(block.parameters(), 0.1);
        using var scope = NewDisposeScope();
        block.call(rand(2, 3)).sum().backward();
        var weight = block.scale;
        using var count = zeros(1, ScalarType.Int64);
        block.register_buffer("steps", count);

        Assert.Same(block, block.to(ScalarType.Float64));

        Assert.Same(weight, block.scale);
        Assert.All(block.parameters(), p => Assert.Equal(ScalarType.Float64, p.dtype));
        Assert.All(block.parameters(), p => Assert.True(p.is_leaf && p.requires_grad));
        Assert.Equal(ScalarType.Float64, weight.grad!.dtype);
        Assert.Equal(ScalarType.Int64, count.dtype);
        Assert.Equal(ScalarType.Float64, block.call(rand(2, 3, ScalarType.Float64)).dtype);
        Assert.Equal(block.parameters().Count(), adam.state_dict().State.Count);
    }

    [Fact]
    public void To_AnIntegerType_Refuses()
    {
        using var block = new SampleBlock(2);
        Assert.Throws<ArgumentException>(() => block.to(ScalarType.Int64));
    }

    internal static void AssertSame(nn.Module a, nn.Module b)
    {
        var other = b.state_dict();
        foreach (var (key, value) in a.state_dict()) Assert.True(value.Equals(other[key]), key);
    }
}
