using System.Diagnostics;
using System.Text;
using Leo.Lab.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Checkpoints;

public class SafetensorsTests
{
    public static TheoryData<ScalarType, string> Types => new()
    {
        { ScalarType.Float64, "F64" }, { ScalarType.Float32, "F32" }, { ScalarType.Float16, "F16" }, { ScalarType.BFloat16, "BF16" },
        { ScalarType.Int64, "I64" }, { ScalarType.Int32, "I32" }, { ScalarType.Int16, "I16" }, { ScalarType.Int8, "I8" },
        { ScalarType.Byte, "U8" }, { ScalarType.Bool, "BOOL" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void WriteThenRead_EveryType_IsTheSame(ScalarType type, string name)
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        var tensor = (arange(24, dtype: ScalarType.Float32) - 7).reshape(2, 3, 4).to(type);
        Safetensors.Write(folder["t.safetensors"], new Dictionary<string, Tensor> { ["weight"] = tensor });
        using var file = SafetensorsFile.Open(folder["t.safetensors"]);
        var read = file.Read("weight");
        Assert.Equal(type, read.dtype);
        Assert.Equal([2, 3, 4], read.shape);
        Assert.Equal(tensor.bytes.ToArray(), read.bytes.ToArray());
        Assert.Equal(name, file.TypeName("weight"));
        file.Verify();
    }

    [Fact]
    public void WriteThenRead_ScalarsEmptiesViewsAndOddNames_AreTheSame()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        var tensors = new Dictionary<string, Tensor>
        {
            ["scalar"] = tensor(2.5f),
            ["empty"] = zeros([3, 0], dtype: ScalarType.Float32),
            ["transposed"] = arange(6, dtype: ScalarType.Float32).reshape(2, 3).t(),
            ["narrowed"] = arange(10, dtype: ScalarType.Int64).narrow(0, 3, 4),
            ["grad"] = ones([2], dtype: ScalarType.Float32, requires_grad: true),
            ["名前 \"quoted\"\n"] = tensor((byte)7),
        };
        Safetensors.Write(folder["t.safetensors"], tensors, new Dictionary<string, string> { ["kind"] = "тест" });
        using var file = SafetensorsFile.Open(folder["t.safetensors"]);
        Assert.Equal("тест", file.Metadata["kind"]);
        Assert.Equal(tensors.Keys.Order(StringComparer.Ordinal), file.Names.Order(StringComparer.Ordinal));
        foreach (var (name, expected) in tensors)
        {
            Assert.Equal(expected.shape, file.Shape(name));
            Assert.True(expected.detach().Equals(file.Read(name)), name);
        }
    }

    [Fact]
    public void Write_Layout_FollowsTheFormat()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        Safetensors.Write(folder["t.safetensors"], new Dictionary<string, Tensor>
        {
            ["a"] = tensor(new byte[] { 1, 2, 3 }, dtype: ScalarType.Byte),
            ["b"] = tensor([1f, 2f]),
        });
        byte[] bytes = File.ReadAllBytes(folder["t.safetensors"]);
        long length = BitConverter.ToInt64(bytes);
        string header = Encoding.UTF8.GetString(bytes, 8, (int)length);
        Assert.Equal(0, length % 8);
        Assert.Equal("""{"__metadata__":{"crc32c":"CRC","header_crc32c":"HEAD"},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[3],"data_offsets":[8,11]}}"""
            .Replace("CRC", Crc32C(bytes.AsSpan(8 + (int)length))).Replace("HEAD", Crc32C(Encoding.UTF8.GetBytes(ZeroedChecksum(header)))), header.TrimEnd(' '));
        Assert.Equal([0, 0, 128, 63, 0, 0, 0, 64, 1, 2, 3], bytes[(8 + (int)length)..]);
    }

    // Other programs keep a header's strings when they write other tensors, and then no checksum says anything.
    [Fact]
    public void Load_FileThatAnotherProgramWroteAgain_Passes_AndADamagedOneDoesNot()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var model = nn.Linear(2, 1);
        Safetensors.Write(folder["own"], model.state_dict());
        byte[] bytes = File.ReadAllBytes(folder["own"]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(folder["own"], bytes);
        using (var damaged = Checkpoint.Open(folder["own"]))
            Assert.Contains("expected data with checksum", Assert.Throws<CheckpointException>(() => CheckpointLoader.Load(damaged, model)).Message);

        string header = Encoding.UTF8.GetString(bytes, 8, (int)BitConverter.ToInt64(bytes)).Replace("\"__metadata__\":{", "\"__metadata__\":{\"by\":\"another\",");
        File.WriteAllBytes(folder["other"], [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), .. bytes[(8 + (int)BitConverter.ToInt64(bytes))..]]);
        using var other = Checkpoint.Open(folder["other"]);
        CheckpointLoader.Load(other, model);
        Assert.Throws<CheckpointException>(other.File.Verify);
    }

    private static string ZeroedChecksum(string header) =>
        System.Text.RegularExpressions.Regex.Replace(header, "(?<=\"header_crc32c\":\")[0-9a-f]{8}", "00000000");

    [Fact]
    public void Write_SameTensorsInOtherOrder_GivesTheSameBytes()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        Tensor a = ones([3], dtype: ScalarType.Float32), b = zeros([2], dtype: ScalarType.Int64);
        Safetensors.Write(folder["1"], new Dictionary<string, Tensor> { ["a"] = a, ["b"] = b });
        Safetensors.Write(folder["2"], new Dictionary<string, Tensor> { ["b"] = b, ["a"] = a });
        Assert.Equal(File.ReadAllBytes(folder["1"]), File.ReadAllBytes(folder["2"]));
    }

    [Fact]
    public void Write_TypeOutsideTheFormat_ThrowsAndWritesNothing()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        var error = Assert.Throws<ArgumentException>(() => Safetensors.Write(folder["t"],
            new Dictionary<string, Tensor> { ["c"] = zeros([2], dtype: ScalarType.ComplexFloat32) }));
        Assert.Contains("ComplexFloat32", error.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Write_ManyTimes_LeavesNoTensorsBehind()
    {
        using var folder = new TempFolder();
        using var outer = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor> { ["a"] = arange(6, dtype: ScalarType.Float32).reshape(2, 3).t() };
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 5; i++)
        {
            Safetensors.Write(folder["t"], tensors);
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    // The format's reference reader is Python's; json and struct are all it needs.
    [Fact]
    public void Write_ReadByPython_GivesTheSameNumbers()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        Safetensors.Write(folder["t.safetensors"], new Dictionary<string, Tensor>
        {
            ["w"] = tensor([0.5f, -2f, 3.25f]),
            ["n"] = tensor([-3L, 1L << 40]),
            ["h"] = tensor([1.5f, -0.125f]).to(ScalarType.Float16),
        }, new Dictionary<string, string> { ["kind"] = "motion" });
        const string program = """
            import json, struct, sys
            data = open(sys.argv[1], 'rb').read()
            n, = struct.unpack('<Q', data[:8])
            header = json.loads(data[8:8 + n])
            meta = header.pop('__metadata__')
            print(meta['kind'])
            for name in sorted(header):
                e = header[name]
                a, b = e['data_offsets']
                code = {'F32': 'f', 'I64': 'q', 'F16': 'e'}[e['dtype']]
                print(name, list(struct.unpack('<%d%s' % (e['shape'][0], code), data[8 + n:][a:b])))
            """;
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, ArgumentList = { "-c", program, folder["t.safetensors"] } };
        using var python = Process.Start(start)!;
        string output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Assert.Equal("motion\nh [1.5, -0.125]\nn [-3, 1099511627776]\nw [0.5, -2.0, 3.25]\n", output.ReplaceLineEndings("\n"));
    }

    // Bit by bit, reflected polynomial 0x82F63B78 (RFC 3720, B.4).
    private static string Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint state = uint.MaxValue;
        foreach (byte b in bytes)
        {
            state ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                state = (state >> 1) ^ ((state & 1) * 0x82F63B78);
            }
        }
        return (~state).ToString("x8");
    }

    // 640 = 0x280: the first two bytes, 80 02, are those of a pickle.
    [Fact]
    public void Open_AHeaderThatBeginsLikeAPickle_IsStillSafetensors()
    {
        using var folder = new TempFolder();
        byte[] header = System.Text.Encoding.UTF8.GetBytes("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""".PadRight(640));
        File.WriteAllBytes(folder["x.safetensors"], [.. BitConverter.GetBytes(640L), .. header, .. BitConverter.GetBytes(2.5f)]);
        using var file = TensorFile.Open(folder["x.safetensors"]);
        using var x = file.Read("x");
        Assert.Equal(2.5f, x.item<float>());
    }
}
