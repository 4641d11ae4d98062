using System.Text;
using Leo.Lab.Checkpoints;
using Leo.Lab.Metrics;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Checkpoints;

/// <summary>Files as numpy.save writes them (NumPy enhancement proposal 1).</summary>
public class NpyFileTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_OfEachVersion_GivesTheArray(byte version)
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        Write(folder["a.npy"], "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", Bytes(1f, 2, 3, 4, 5, 6), version);
        using var file = TensorFile.Open(folder["a.npy"]);
        Assert.Equal("NumPy", file.Format);
        Assert.Equal([2, 3], file.Shape(NpyFile.ArrayName));
        Assert.Equal([1, 2, 3, 4, 5, 6], file.Read(NpyFile.ArrayName).data<float>().ToArray());
    }

    [Fact]
    public void Read_ByColumns_GivesRows()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        Write(folder["a"], "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", Bytes(1f, 4, 2, 5, 3, 6));
        using var file = TensorFile.Open(folder["a"]);
        Assert.Equal([1, 2, 3, 4, 5, 6], file.Read(NpyFile.ArrayName).data<float>().ToArray());
    }

    [Fact]
    public void Read_OfOneNumber_HasNoDimensions()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        Write(folder["a"], "{'descr': '<f8', 'fortran_order': False, 'shape': (), }", BitConverter.GetBytes(7.0));
        using var file = TensorFile.Open(folder["a"]);
        Assert.Equal(7, file.Read(NpyFile.ArrayName).item<double>());
    }

    [Fact]
    public void FeatureFile_OfAnArray_HoldsItAsFeatures()
    {
        using var folder = new TempFolder();
        Write(folder["real.npy"], "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }", [.. ((double[])[1, 2, 3, 4, 5, 6]).SelectMany(BitConverter.GetBytes)]);
        using var file = FeatureFile.Open(folder["real.npy"]);
        Assert.Equal(3, file.Count);
        using var statistics = file.ToStatistics();
        Assert.Equal(2, statistics.Width);
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 8, "found '|O'")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", 4, "found '>f4'")]
    [InlineData("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }", 4, "found another")]
    [InlineData("{'descr': '<f4', 'shape': (1,), }", 4, "found another")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 8, "expected 12 bytes")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 9223372036854775807, 9223372036854775807), }", 8, "for <f4")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 9223372036854775807, 3), }", 0, "a shape that can be")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", 8, "found '99999999999999999999'")]
    [InlineData("", 8, "found another")]
    public void Open_OfSomethingElse_NamesTheFault(string header, int bytes, string fault)
    {
        using var folder = new TempFolder();
        Write(folder["bad.npy"], header, new byte[bytes]);
        var error = Assert.Throws<CheckpointException>(() => TensorFile.Open(folder["bad.npy"]));
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        Assert.Contains("bad.npy", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EveryTruncationOfAGoodFile_Throws()
    {
        using var folder = new TempFolder();
        Write(folder["good"], "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", Bytes(1f));
        byte[] good = File.ReadAllBytes(folder["good"]);
        for (int length = 8; length < good.Length; length++)
        {
            File.WriteAllBytes(folder["cut"], good[..length]);
            Assert.Throws<CheckpointException>(() => TensorFile.Open(folder["cut"]));
        }
    }

    private static byte[] Bytes(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static void Write(string path, string header, byte[] data, byte version = 1)
    {
        byte[] text = Encoding.Latin1.GetBytes(header.PadRight(117) + "\n");
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. data]);
    }
}
