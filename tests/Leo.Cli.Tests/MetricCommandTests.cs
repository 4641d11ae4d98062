using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Cli.Tests;

public sealed class MetricCommandTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    private string Features(string name, float[] values, long rows, params (string, string)[] metadata)
    {
        using var scope = NewDisposeScope();
        Safetensors.Write(_shop.At(name), new Dictionary<string, Tensor> { ["features"] = tensor(values, [rows, values.Length / rows]) }, metadata.ToDictionary(m => m.Item1, m => m.Item2));
        return _shop.At(name);
    }

    // One number a sample: (μₐ − μᵦ)² + (σₐ − σᵦ)², with n = 2 and n − 1 = 1.
    [Fact]
    public void Fvd_TwoFiles_LastLineHoldsTheValue()
    {
        string a = Features("a", [1, -1], 2), b = Features("b", [8, 2], 2);
        Assert.Equal(29, (double)Workshop.Good($"metric fvd --features {a} {b} --protocol styleganv --json")["value"]!, 1e-6);
        var json = Workshop.Good($"metric fvd --features {a} {b} --protocol digan --json");
        Assert.Equal(25 + (2 * Math.Pow(3 - 1, 2)), (double)json["value"]!, 1e-4);
        Assert.Equal(("FVD", "digan"), ((string)json["name"]!, (string)json["protocol"]!));
    }

    [Fact]
    public void Distance_OfFewSamples_CarriesACautionInTextAndJson()
    {
        string a = Features("a", [1, -1], 2), b = Features("b", [8, 2], 2);
        var (_, text, _) = Commandline.Run("metric", "fvd", "--features", a, b, "--protocol", "styleganv");
        Assert.Contains("caution: 2 samples are far fewer than the 2048 of styleganv", text, StringComparison.Ordinal);
        foreach (string metric in (string[])["fvd", "kvd"])
            Assert.Contains("2 samples are far fewer", (string)Workshop.Good($"metric {metric} --features {a} {b} --protocol digan --json")["caution"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Distance_OfSamplesEnough_CarriesNone()
    {
        string a = Features("a", [.. Enumerable.Range(0, 256).Select(i => (float)Math.Sin(i))], 256);
        Assert.Null(Workshop.Good($"metric fvd --features {a} {a} --protocol videogpt --json")["caution"]);
    }

    [Fact]
    public void Fvd_OfNumPysArrays_IsThatOfTheSameFeatures()
    {
        string a = Features("a", [1, -1], 2), npy = _shop.At("a.npy");
        File.WriteAllBytes(npy, [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. System.Text.Encoding.Latin1.GetBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }".PadRight(117) + "\n"), .. BitConverter.GetBytes(8f), .. BitConverter.GetBytes(2f)]);
        Assert.Equal(29, (double)Workshop.Good($"metric fvd --features {a} {npy} --protocol styleganv --json")["value"]!, 1e-6);
    }

    [Fact]
    public void Statistics_OfTwoParts_GiveTheDistanceOfTheWhole()
    {
        string whole = Features("whole", [1, 5, 2, 9], 4), first = Features("first", [1, 5], 2), second = Features("second", [2, 9], 2), other = Features("other", [0, 1, 3], 3);
        Workshop.Good($"metric statistics --features {first} {second} --out {_shop.At("kept")}");
        double expected = (double)Workshop.Good($"metric fvd --features {whole} {other} --protocol styleganv --json")["value"]!;
        Assert.Equal(expected, (double)Workshop.Good($"metric fvd --features {_shop.At("kept")} {other} --protocol styleganv --json")["value"]!, 1e-9);
    }

    [Fact]
    public void KvdAndAcd_AreComputed()
    {
        string a = Features("a", [0, 1, 2, 3, 4, 5], 3), b = Features("b", [1, 0, 5, 3, 2, 2], 3);
        Assert.NotEqual(0, (double)Workshop.Good($"metric kvd --features {a} {b} --json")["value"]!);
        Assert.Equal("KID", (string)Workshop.Good($"metric kvd --features {a} {b} --subsets 3 --subset-size 2 --json")["name"]!);
        Assert.Equal(8 * Math.Sqrt(2) / 3, (double)Workshop.Good($"metric acd --features {a} --json")["value"]!, 1e-6);
        Assert.Equal(2 * Math.Sqrt(2), (double)Workshop.Good($"metric acd --features {a} --protocol consecutive --json")["value"]!, 1e-6);
    }

    [Fact]
    public void Fvd_SetsThatWereMadeDifferently_AreRefused_AndThePuppetExtractorIsNamed()
    {
        string a = Features("a", [1, -1], 2, ("extractor", "puppet-i3d")), b = Features("b", [8, 2], 2, ("extractor", "i3d")), c = Features("c", [8, 2], 2, ("extractor", "puppet-i3d"));
        Assert.Contains("extractor 'i3d', not 'puppet-i3d'", Workshop.Bad($"metric fvd --features {a} {b}"));
        Assert.Equal("FVD(puppet-i3d)", (string)Workshop.Good($"metric fvd --features {a} {c} --json")["name"]!);
    }

    [Fact]
    public void Metric_BadInput_IsOneLine()
    {
        string a = Features("a", [1, float.NaN], 2), b = Features("b", [1, 2], 2), single = Features("single", [1], 1);
        Assert.Contains("row 1", Workshop.Bad($"metric fvd --features {a} {b}"));
        Assert.Contains("at least 2 samples", Workshop.Bad($"metric kvd --features {b} {single}"));
        Assert.Contains("nothing", Workshop.Bad($"metric fvd --features {b} {_shop.At("nothing")}"));
        Assert.Equal(ExitCode.Usage, Commandline.Run("metric", "fvd", "--features", b, b, "--protocol", "fid").Code);
    }
}
