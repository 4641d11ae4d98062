using System.Text;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Checkpoints;

public class SafetensorsFileTests
{
    [Theory]
    // What is asked of each header, then what the error must name.
    [InlineData("", 0, "expected a JSON header")]
    [InlineData("{", 0, "expected a JSON header")]
    [InlineData("[]", 0, "found Array")]
    [InlineData("{} x", 0, "expected a JSON header")]
    [InlineData("""{"a":1}""", 0, "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "found only some")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}""", 4, "'more'")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "twice")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", 4, "found 7")]
    [InlineData("""{"a":{"dtype":"F4","shape":[1],"data_offsets":[0,8]}}""", 4, "within 4 bytes")]
    [InlineData("""{"a":{"dtype":"F4","shape":[1],"data_offsets":[0,2]}}""", 4, "found 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "found -1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "found 1.5")]
    [InlineData("""{"a":{"dtype":"F32","shape":"1","data_offsets":[0,4]}}""", 4, "found String")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", 4, "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "overflows")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "overflows")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", 4, "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "expected 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", 8, "expected 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "found [4, 0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "found [0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 0, "within 0 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "found 5")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "hole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "twice")]
    [InlineData("""{"__metadata__":{"k":1}}""", 0, "__metadata__.k")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", 0, "twice")]
    [InlineData("""{"__metadata__":[]}""", 0, "found Array")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "twice")]
    public void Open_HostileHeader_ThrowsAndNamesTheFault(string header, int dataLength, string fault)
    {
        using var folder = new TempFolder();
        byte[] json = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(folder["bad"], [.. BitConverter.GetBytes((long)json.Length), .. json, .. new byte[dataLength]]);
        AssertBroken(folder["bad"], fault);
    }

    [Theory]
    [InlineData(new[] { 0, long.MaxValue / 2, 4 }, 8, "expected a shape that can be")]
    [InlineData(new[] { 1L << 32, 1L << 32 }, 8, "expected a shape that can be")]
    [InlineData(new[] { 1L << 32, 0, 1L << 32 }, 8, "expected a shape that can be")]
    [InlineData(new[] { -1L, 4 }, 8, "expected a shape that can be")]
    [InlineData(new[] { 1L << 44 }, 8, "expected 70368744177664 bytes for [17592186044416] at byte 8")]
    [InlineData(new[] { 3L }, 8, "expected 12 bytes for [3] at byte 8")]
    [InlineData(new[] { 1L }, -4, "at byte -4")]
    [InlineData(new[] { 0L }, 17, "at byte 17")]
    public void ReadTensor_OfWhatTheFileCannotHave_IsRefusedBeforeMemoryIsAskedFor(long[] shape, long position, string problem)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["x.bin"], new byte[16]);
        using var file = RandomAccessFile.Open(folder["x.bin"]);

        string message = Assert.Throws<CheckpointException>(() => file.ReadTensor(shape, ScalarType.Float32, position)).Message;

        Assert.Contains("x.bin", message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
        using var whole = file.ReadTensor([2, 2], ScalarType.Float32, 0);
        Assert.Equal([2, 2], whole.shape);
    }

    [Fact]
    public void Read_OfAFileCutShortWhileOpen_NamesIt()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        Safetensors.Write(folder["x.safetensors"], new Dictionary<string, Tensor> { ["a"] = zeros(1000) });
        using var file = SafetensorsFile.Open(folder["x.safetensors"]);
        using (var cut = new FileStream(folder["x.safetensors"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            cut.SetLength(cut.Length - 1);

        Assert.Contains("ends too early", Assert.Throws<CheckpointException>(() => file.Read("a")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F8_E4M3", 3)]
    [InlineData("F4", 2)]
    [InlineData("U64", 24)]
    [InlineData("C64", 24)]
    public void Read_OfATypeThatIsNotKnown_IsRefused_AndTheOthersAreRead(string type, int bytes)
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        byte[] json = Encoding.UTF8.GetBytes($$$"""{"scale":{"dtype":"{{{type}}}","shape":[3],"data_offsets":[0,{{{bytes}}}]},"w":{"dtype":"F32","shape":[1],"data_offsets":[{{{bytes}}},{{{bytes + 4}}}]}}""");
        File.WriteAllBytes(folder["f8"], [.. BitConverter.GetBytes((long)json.Length), .. json, .. new byte[bytes], .. BitConverter.GetBytes(2f)]);

        using var file = SafetensorsFile.Open(folder["f8"]);

        Assert.Equal(["scale", "w"], file.Names);
        Assert.Equal(2, file.Read("w").item<float>());
        Assert.Equal([false, true], file.Names.Select(file.CanRead));
        var error = Assert.Throws<CheckpointException>(() => file.Read("scale"));
        Assert.Contains($"found '{type}'", error.Message, StringComparison.Ordinal);
        Assert.Equal("scale", error.Key);
        Assert.Contains(CheckpointSummary.Read(folder["f8"]).Tensors, t => t.Type == type);
    }

    [Theory]
    [InlineData(new byte[0], "found 0")]
    [InlineData(new byte[] { 1, 2, 3 }, "found 3")]
    [InlineData(new byte[] { 9, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}' }, "found a length of 9")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 }, "found a length of 18446744073709551615")]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, 0xC3, 0x28 }, "expected a JSON header")]
    public void Open_HostileLength_ThrowsAndNamesTheFault(byte[] bytes, string fault)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["bad"], bytes);
        AssertBroken(folder["bad"], fault);
    }

    [Fact]
    public void Open_HugeHeaderLengthInASparseFile_IsRefusedBeforeReading()
    {
        using var folder = new TempFolder();
        using (var stream = File.Create(folder["bad"]))
        {
            stream.Write(BitConverter.GetBytes(2_000_000_000L));
            stream.SetLength(2_100_000_000L);
        }
        AssertBroken(folder["bad"], "at most 100000000 bytes");
    }

    [Fact]
    public void Open_EveryTruncationOfAGoodFile_Throws()
    {
        using var folder = new TempFolder();
        byte[] good = WriteGood(folder["good"]);
        for (int length = 0; length < good.Length; length++)
        {
            File.WriteAllBytes(folder["bad"], good[..length]);
            Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(folder["bad"]));
        }
    }

    [Fact]
    public void OpenAndVerify_EveryFlippedByteOfAGoodFile_IsNoticed()
    {
        using var folder = new TempFolder();
        byte[] good = WriteGood(folder["good"]);
        int start = 8 + (int)BitConverter.ToInt64(good);
        for (int i = start; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x10;
            File.WriteAllBytes(folder["bad"], bad);
            using var file = SafetensorsFile.Open(folder["bad"]);
            Assert.Throws<CheckpointException>(file.Verify);
        }
    }

    [Fact]
    public void Open_HeaderBytesAtRandom_ThrowsOnlyCheckpointExceptions()
    {
        using var folder = new TempFolder();
        byte[] good = WriteGood(folder["good"]);
        var random = new Random(5);
        int header = (int)BitConverter.ToInt64(good), refused = 0;
        for (int i = 0; i < 500; i++)
        {
            byte[] bad = [.. good];
            bad[random.Next(8 + header)] = (byte)random.Next(256);
            File.WriteAllBytes(folder["bad"], bad);
            try
            {
                SafetensorsFile.Open(folder["bad"]).Dispose();
            }
            catch (CheckpointException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 100, 500);
    }

    [Fact]
    public void Open_MissingFileOrFolder_SaysSo()
    {
        using var folder = new TempFolder();
        AssertBroken(folder["absent.safetensors"], "found no such file");
        AssertBroken(folder["absent/absent.safetensors"], "found no such file");
        AssertBroken(folder.Path, "cannot be opened");
    }

    [Fact]
    public void Read_UnknownName_NamesFileAndKey()
    {
        using var folder = new TempFolder();
        WriteGood(folder["good"]);
        using var file = SafetensorsFile.Open(folder["good"]);
        var error = Assert.Throws<CheckpointException>(() => file.Read("nothing"));
        Assert.Equal("nothing", error.Key);
        Assert.StartsWith($"{folder["good"]}, 'nothing': expected a tensor of this name, found none.", error.Message);
    }

    private static byte[] WriteGood(string path)
    {
        using var scope = NewDisposeScope();
        Safetensors.Write(path, new Dictionary<string, Tensor> { ["a"] = tensor([1f, 2f, 3f]), ["b"] = tensor([4L]) });
        return File.ReadAllBytes(path);
    }

    private static void AssertBroken(string path, string fault)
    {
        var error = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path));
        Assert.StartsWith(path, error.Message);
        Assert.Contains(fault, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }
}
