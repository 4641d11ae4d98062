using Leo.Lab.Checkpoints;
using Leo.Lab.Metrics.I3d;

namespace Leo.Cli.Tests;

public sealed class FeaturesCommandTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    private void Puppets(string name, int seed) =>
        Workshop.Good($"data puppets --kind faces --out {_shop.At(name)} --train 1 --test 1 --videos 1 --frames 9 --size 32 --seed {seed}");

    // As they come, I3D's random weights serve as well as others: what goes through the files has to be what goes through memory.
    [Fact]
    public void Features_OfI3d_GiveTheNumbersOfEvaluate()
    {
        using (var network = new I3dNetwork(classes: 6))
            Safetensors.Write(_shop.At("i3d"), network.state_dict().Where(s => !s.Key.EndsWith("tracked", StringComparison.Ordinal)).ToDictionary(s => s.Key, s => s.Value));
        Puppets("real", 1);
        Puppets("fake", 2);
        string common = $"--extractor i3d:{_shop.At("i3d")} --protocol tats --frames 9";
        var json = Workshop.Good($"features {common} --videos {_shop.At("real")} --out {_shop.At("real.f")} --json");
        Assert.Equal((2, 6, "i3d", "tats"), ((int)json["rows"]!, (int)json["width"]!, (string)json["extractor"]!, (string)json["protocol"]!));
        Workshop.Good($"features {common} --videos {_shop.At("fake")} --start first --out {_shop.At("fake.f")}");
        double expected = (double)Workshop.Good($"metric kvd --features {_shop.At("real.f")} {_shop.At("fake.f")} --protocol tats --json")["value"]!;

        var evaluated = Workshop.Good($"evaluate {common} --real {_shop.At("real")} --fake {_shop.At("fake")} --metrics fvd,kvd,acd --content palette --json")["metrics"]!;
        Assert.Equal(expected, (double)evaluated["kvd"]!["value"]!, 1e-9);
        Assert.Equal("FVD", (string)evaluated["fvd"]!["name"]!);
        Assert.True((double)evaluated["acd"]!["value"]! > 0);
        Assert.Equal("ACD(palette)", (string)evaluated["acd"]!["name"]!);
        Assert.Contains("clip '9 frames, stride 1'", Workshop.Bad($"metric fvd --features {Other("16 frames, stride 1")} {_shop.At("real.f")}"));
    }

    private string Other(string clip)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        Safetensors.Write(_shop.At("other"), new Dictionary<string, TorchSharp.torch.Tensor> { ["features"] = TorchSharp.torch.rand(3, 6) }, new Dictionary<string, string> { ["clip"] = clip });
        return _shop.At("other");
    }

    [Fact]
    public void Features_OfPuppets_GiveAcd_AndShortVideosAreTold()
    {
        Puppets("a", 1);
        Workshop.Good($"data puppets --kind faces --out {_shop.At("a/short")} --train 1 --test 1 --videos 1 --frames 4 --size 32 --seed 9");
        var (code, _, error) = Commandline.Run("features", "--extractor", $"puppets:{_shop.At("a")}", "--videos", _shop.At("a"), "--frames", "9", "--out", _shop.At("f"));
        Assert.True(code == ExitCode.Success, error);
        Assert.Contains("2 of 4 videos are shorter than 9 frames", error);
        var json = Workshop.Good($"metric acd --features {_shop.At("f")} --json");
        Assert.Equal((0.0, 2, 18, "ACD(puppets)"), ((double)json["value"]!, (int)json["videos"]!, (int)json["frames"]!, (string)json["name"]!));
    }

    [Fact]
    public void Evaluate_WhatIsMissing_IsNamed()
    {
        Puppets("a", 1);
        Assert.Contains("--fake", Workshop.Bad($"evaluate --real {_shop.At("a")}"));
        Assert.Contains("--extractor", Workshop.Bad($"evaluate --real {_shop.At("a")} --fake {_shop.At("a")}"));
        Assert.Contains("expected some of fvd, kvd, acd, akd and aed", Workshop.Bad($"evaluate --real {_shop.At("a")} --fake {_shop.At("a")} --metrics fid"));
        Assert.Contains("looks at frames", Workshop.Bad($"evaluate --real {_shop.At("a")} --fake {_shop.At("a")} --extractor palette"));
        Assert.Contains("expected one of i3d:FILE", Workshop.Bad($"features --extractor i3d --videos {_shop.At("a")} --out {_shop.At("f")}"));
        Assert.Equal(ExitCode.Usage, Commandline.Run("evaluate").Code);
    }
}
