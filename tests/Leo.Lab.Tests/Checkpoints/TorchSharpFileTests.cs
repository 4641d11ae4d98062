using Leo.Lab.Checkpoints;
using Leo.Lab.Tests.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Checkpoints;

/// <summary>Bytes as TorchSharp's <c>Module.save</c> lays them out: LEB128 numbers, name, type, dimensions, lengths, elements.</summary>
public class TorchSharpFileTests
{
    // Two tensors: 'w', Float32 (6) [2, 1] = 1, 2; 'größe', Int64 (4), no dimensions, = 300.
    private static readonly byte[] Two =
    [
        2, 1, (byte)'w', 6, 2, 2, 1, 0, 0, 128, 63, 0, 0, 0, 64,
        7, (byte)'g', (byte)'r', 0xc3, 0xb6, 0xc3, 0x9f, (byte)'e', 4, 0, 44, 1, 0, 0, 0, 0, 0, 0,
    ];

    [Fact]
    public void Open_FileByModuleSave_GivesNamesShapesAndNumbers()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["m.dat"], Two);
        using var file = TensorFile.Open(folder["m.dat"]);
        Assert.Equal("TorchSharp", file.Format);
        Assert.Equal(["w", "größe"], file.Names);
        Assert.Equal([2, 1], file.Shape("w"));
        Assert.Equal([1f, 2f], file.Read("w").ToArray<float>());
        Assert.Equal(ScalarType.Int64, file.DType("größe"));
        Assert.Equal(300, file.Read("größe").item<long>());
    }

    [Fact]
    public void Write_Layout_IsThatOfModuleSave()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        TorchSharpFile.Write(folder["m.dat"], new Dictionary<string, Tensor> { ["w"] = tensor([1f, 2f]).reshape(2, 1), ["größe"] = tensor(300L) });
        Assert.Equal(Two, File.ReadAllBytes(folder["m.dat"]));
    }

    [Fact]
    public void WriteThenRead_EveryTypeAndLongLengths_IsTheSame()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        var types = (ScalarType[])[ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64,
            ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool];
        var tensors = types.ToDictionary(t => new string('n', 200) + t, t => arange(300, dtype: ScalarType.Float32).remainder(100).reshape(2, 150).t().to(t));
        TorchSharpFile.Write(folder["m"], tensors);
        using var file = TorchSharpFile.Open(folder["m"]);
        Assert.Equal(tensors.Keys, file.Names);
        Assert.All(tensors, t => Assert.True(t.Value.Equals(file.Read(t.Key)), t.Key));
    }

    [Fact]
    public void OpenAndWrite_WhatAModuleSavesAndLoads_AreTheSame()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var one = Seeds.Generator(1, "init");
        using var two = Seeds.Generator(2, "init");
        using var model = new ToyModel(4, one);
        using var other = new ToyModel(4, two);
        model.save(folder["saved.dat"]);
        using var file = TensorFile.Open(folder["saved.dat"]);
        TorchSharpFile.Write(folder["again.dat"], file.Names.ToDictionary(n => n, file.Read));
        Assert.Equal(File.ReadAllBytes(folder["saved.dat"]), File.ReadAllBytes(folder["again.dat"]));
        other.load(folder["again.dat"]);
        Assert.All(model.state_dict(), t => Assert.True(t.Value.Equals(other.state_dict()[t.Key]), t.Key));
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f }, "expected at most 1000000 tensors")]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1 }, "expected a number of at most 63 bits")]
    [InlineData(new byte[] { 1, 0xff, 0x7f }, "expected at most 1000 bytes of a name")]
    [InlineData(new byte[] { 1, 9, 97 }, "expected at most 1 more bytes, found a length of 9")]
    [InlineData(new byte[] { 1, 1, 0xff, 6, 0 }, "expected a name in UTF-8")]
    [InlineData(new byte[] { 1, 1, 97, 9, 0 }, "found type 9")]
    [InlineData(new byte[] { 1, 1, 97, 6, 65 }, "expected at most 64 dimensions")]
    [InlineData(new byte[] { 1, 1, 97, 6, 2, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40, 9 }, "overflows")]
    [InlineData(new byte[] { 1, 1, 97, 6, 1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10 }, "found a length of 4611686018427387904")]
    [InlineData(new byte[] { 2, 1, 97, 6, 1, 0, 1, 97, 6, 1, 0 }, "appears twice")]
    [InlineData(new byte[] { 1, 1, 97, 6, 1, 0, 7 }, "found 1 bytes more")]
    [InlineData(new byte[] { 0x47, 0x49, 0x46, 0x38 }, "neither safetensors nor PyTorch's nor TorchSharp's")]
    [InlineData(new byte[0], "expected more, found the end at byte 0")]
    public void Open_HostileFile_ThrowsAndNamesTheFault(byte[] bytes, string fault)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["bad.dat"], bytes);
        var error = Assert.Throws<CheckpointException>(() => TensorFile.Open(folder["bad.dat"]));
        Assert.StartsWith(folder["bad.dat"], error.Message);
        Assert.Contains(fault, error.Message);
    }

    [Fact]
    public void Open_EveryTruncationOfAGoodFile_Throws()
    {
        using var folder = new TempFolder();
        for (int length = 0; length < Two.Length; length++)
        {
            File.WriteAllBytes(folder["bad.dat"], Two[..length]);
            Assert.Throws<CheckpointException>(() => TensorFile.Open(folder["bad.dat"]));
        }
    }
}
