using System.IO.Compression;
using System.Text;
using Leo.Lab.Checkpoints;
using static Leo.Lab.Tests.Checkpoints.PickleBytes;

namespace Leo.Lab.Tests.Checkpoints;

/// <summary>
/// A folder of hostile checkpoints: each is refused by a typed error that names the fault, with bounded memory, and
/// nothing is run or written.
/// </summary>
public sealed class HostileCheckpointTests : IDisposable
{
    private const long MostMemory = 400L << 20;

    private static readonly string Proto = "\u0080\u0002";

    private static readonly string One = Number(1) + "\u0085", Two = Number(2) + "\u0085";

    private readonly TempFolder _folder = new();

    // By name: a runner should not have to carry the bytes about.
    private static readonly Dictionary<string, (string Pickle, string Fault)> Pickles = new[]
    {
        // Calls, in every way that pickle has.
        ("REDUCE of os.system", $"{Proto}cposix\nsystem\n{Text("touch hacked")}\u0085R.", "the global 'posix.system' at byte 2"),
        ("GLOBAL of builtins.eval", $"{Proto}}}{Text("a")}cbuiltins\neval\n{Text("1")}\u0085Rs.", "the global 'builtins.eval' at byte 9"),
        ("STACK_GLOBAL of subprocess.Popen", $"\u0080\u0004{Text("subprocess")}{Text("Popen")}\u0093.", "the global 'subprocess.Popen'"),
        ("a global that only looks allowed", $"{Proto}ctorch\n_utils._rebuild_tensor_v2\n.", "the global 'torch._utils._rebuild_tensor_v2'"),
        ("torch's own file loader", $"{Proto}ctorch\nload\n{Text("x")}\u0085R.", "the global 'torch.load'"),
        ("NumPy's scalars", $"{Proto}cnumpy.core.multiarray\nscalar\n.", "the global 'numpy.core.multiarray.scalar'"),
        ("INST", $"{Proto}({Text("id")}ios\nsystem\n.", "the opcode INST at byte 10"),
        ("OBJ", $"{Proto}(ccollections\nOrderedDict\no.", "the opcode OBJ"),
        ("NEWOBJ", $"{Proto}ccollections\nOrderedDict\n)\u0081.", "the opcode NEWOBJ"),
        ("an AttributeDict of another package", $"{Proto}clightning.pytorch.cli\nAttributeDict\n)\u0081.", "the global 'lightning.pytorch.cli.AttributeDict'"),
        ("an AttributeDict with arguments", $"{Proto}clightning.pytorch.utilities.parsing\nAttributeDict\n{Text("x")}\u0085\u0081.", "expected no arguments"),
        ("NEWOBJ of a function", $"{Proto}ctorch._utils\n_rebuild_tensor_v2\n)\u0081.", "the opcode NEWOBJ"),
        ("NEWOBJ_EX", $"\u0080\u0004cargparse\nNamespace\n)}}\u0092.", "the opcode NEWOBJ_EX"),
        ("EXT1", $"{Proto}\u0082\u0001.", "the opcode EXT1 at byte 2"),
        ("EXT2", $"{Proto}\u0083\u0001\0.", "the opcode EXT2"),
        ("EXT4", $"{Proto}\u0084\u0001\0\0\0.", "the opcode EXT4"),
        ("a call of a dtype", $"{Proto}ctorch\nfloat32\n)R.", "torch.float32: this name cannot be called"),
        ("a call of a text", $"{Proto}{Text("os.system")}{Text("id")}\u0085R.", "a call of something that is not a global (REDUCE)"),
        ("a call of what a call gave", $"{Proto}ccollections\nOrderedDict\n)R)R.", "a call of something that is not a global"),
        ("arguments that are no tuple", $"{Proto}ccollections\nOrderedDict\n]R.", "a call of something that is not a global"),
        ("BUILD on a dict", $"{Proto}}}}}b.", "(BUILD)"),
        ("BUILD with slots", $"{Proto}cargparse\nNamespace\n)\u0081N}}\u0086b.", "(BUILD)"),
        ("BUILD on a tensor", $"{Proto}{Tensor(Storage(2), 0, Two, One)}}}b.", "(BUILD)"),
        ("PERSID", $"{Proto}Pstorage\n.", "the opcode PERSID"),
        ("BINPERSID outside storages", $"{Proto}{Text("module")}Q.", "(BINPERSID) at byte 13"),
        ("a persistent id of a module", $"{Proto}{Tuple(Text("module"), "ctorch\nSize\n", Text("a"), Text("b"))}Q.", "(BINPERSID)"),
        ("a storage of no storage type", $"{Proto}{Storage(2, type: "Size")}.", "(BINPERSID)"),
        ("a storage of quantised numbers", $"{Proto}{Storage(2, type: "QInt8Storage")}.", "the global 'torch.QInt8Storage'"),
        ("POP", $"{Proto}N0N.", "the opcode POP"),
        ("DUP", $"{Proto}N2\u0086.", "the opcode DUP"),
        ("a text of protocol 0", $"{Proto}S'os'\n.", "the opcode STRING"),
        ("a set", $"\u0080\u0004\u008f.", "the opcode EMPTY_SET"),
        ("BYTEARRAY8", $"\u0080\u0005\u0096{Long(1L << 62)}", "the opcode BYTEARRAY8"),
        ("an opcode that does not exist", $"{Proto}\u00ff.", "the opcode 0xff"),
        ("protocol 6", "\u0080\u0006N.", "protocol 6"),

        // Lengths and numbers.
        ("BINBYTES8 of 2^62", $"\u0080\u0004\u008e{Long(1L << 62)}x.", "found a length of 4611686018427387904"),
        ("BINUNICODE8 of -1", $"\u0080\u0004\u008d{Long(-1)}x.", "found a length of 18446744073709551615"),
        ("BINUNICODE of 2^32 - 1", $"{Proto}X{Int(-1)}x.", "found a length of 4294967295"),
        ("LONG4", $"{Proto}\u008b{Int(int.MaxValue)}.", "the opcode LONG4"),
        ("a frame of 2^62", $"\u0080\u0004\u0095{Long(1L << 62)}N.", "a frame of 4611686018427387904 bytes"),
        ("a name without an end", $"{Proto}c{new string('a', 5000)}.", "a name of at most 256 bytes"),
        ("a text that is not UTF-8", $"{Proto}X{Int(2)}\u00ff\u00fe.", "expected UTF-8"),
        ("a memo entry that was never made", $"{Proto}h\u0005.", "a memo entry 5 that was never made"),
        ("an empty stack", $"{Proto}\u0085.", "too few values"),
        ("a tuple without a mark", $"{Proto}Nt.", "no mark"),
        ("values left over", $"{Proto}NN.", "values left over"),
        ("an item of a number", $"{Proto}K\u0001K\u0002a.", "items for something that is not a list"),
        ("items of a list", $"{Proto}](K\u0001K\u0002u.", "items for something that is not a dict"),
        ("a key that is a tuple", $"{Proto}}})K\u0001s.", "a dict key"),
        ("two tensors of one name", $"{Proto}}}({Text("a.b")}{Tensor(Storage(2), 0, Two, One)}{Text("a")}{Dict("b", Tensor(Storage(2), 0, Two, One))}u.", "found two of them"),

        // Tensors that lie about themselves.
        ("a tensor of more elements than its storage", $"{Proto}{Tensor(Storage(2), 0, Number(3) + "\u0085", One)}.", "needs 3 elements, its storage has 2"),
        ("a tensor that starts behind its storage", $"{Proto}{Tensor(Storage(2), 2, One, One)}.", "needs 3 elements, its storage has 2"),
        ("strides out of the storage", $"{Proto}{Tensor(Storage(2), 0, Two, Two)}.", "needs 3 elements, its storage has 2"),
        ("a negative stride", $"{Proto}{Tensor(Storage(2), 1, Two, Number(-1) + "\u0085")}.", "expected an offset, lengths and strides from 0"),
        ("a negative length", $"{Proto}{Tensor(Storage(2), 0, Number(-2) + "\u0085", One)}.", "expected an offset, lengths and strides from 0"),
        ("a negative offset", $"{Proto}{Tensor(Storage(2), -1, Two, One)}.", "expected an offset, lengths and strides from 0"),
        ("a length that is NaN", $"{Proto}{Tensor(Storage(2), 0, "G\u007f\u00f8\0\0\0\0\0\0\u0085", One)}.", "expected whole numbers"),
        ("a length that is a list", $"{Proto}{Tensor(Storage(2), 0, "]\u0085", One)}.", "expected whole numbers"),
        ("as many strides as there are not", $"{Proto}{Tensor(Storage(2), 0, Two, ")")}.", "expected as many strides as lengths"),
        ("65 dimensions", $"{Proto}{Tensor(Storage(2), 0, Tuple([.. Enumerable.Repeat("K\u0001", 65)]), Tuple([.. Enumerable.Repeat("K\u0001", 65)]))}.", "at most 64"),
        ("lengths whose product overflows", $"{Proto}{Tensor(Storage(2), 0, Number(1L << 40) + Number(1L << 40) + "\u0086", "K\0K\0\u0086")}.", "overflows"),
        ("a zero that hides an overflow", $"{Proto}{Tensor(Storage(2), 0, $"K\0{Number(1L << 62)}{Number(1L << 62)}\u0087", "K\u0001K\u0001K\u0001\u0087")}.", "overflows"),
        ("strides that overflow", $"{Proto}{Tensor(Storage(2), 0, Number(3) + "\u0085", Number(long.MaxValue) + "\u0085")}.", "overflows"),
        ("one element repeated 2^40 times", $"{Proto}{Tensor(Storage(2), 0, Number(1L << 40) + "\u0085", "K\0\u0085")}.", "found more by sharing and repeating"),
        ("a storage of 2^62 elements", $"{Proto}{Tensor(Storage(1L << 62), 0, One, One)}.", "(BINPERSID)"),
        ("a storage of a negative count", $"{Proto}{Storage(-1)}.", "(BINPERSID)"),
        ("a storage of fractions", $"{Proto}{Storage(2).Replace(Number(2), "G\u0040\0\0\0\0\0\0\0")}.", "(BINPERSID)"),
        ("a storage of two sizes", $"{Proto}({Storage(2)}{Storage(3)}t.", "(BINPERSID)"),
        ("a storage of two types", $"{Proto}({Storage(2)}{Storage(2, type: "IntStorage")}t.", "(BINPERSID)"),
        ("a view outside its storage", $"{Proto}{Storage(2, view: Tuple(Text("v"), Number(1), Number(2)))}.", "(BINPERSID)"),
        ("a tensor of no storage", $"{Proto}ctorch._utils\n_rebuild_tensor_v2\n(NK\0))\u0089NtR.", "expected a storage"),
        ("a parameter of no tensor", $"{Proto}ctorch._utils\n_rebuild_parameter\n(N\u0089NtR.", "expected a tensor"),
        ("a size of texts", $"{Proto}ctorch\nSize\n{Text("a")}\u0085\u0085R.", "expected a tuple of whole numbers"),
    }.ToDictionary(p => p.Item1, p => (p.Item2, p.Item3));

    public static TheoryData<string> PickleNames => [.. Pickles.Keys];

    [Theory]
    [MemberData(nameof(PickleNames))]
    public void Open_HostilePickle_IsRefusedInBothFormats(string what)
    {
        var (pickle, fault) = Pickles[what];
        Refused(Zip(pickle, 1, 2), fault);
        Refused(Legacy(pickle, ("0", [1, 2])), WithoutPosition(fault));
    }

    [Theory]
    [InlineData("billion long names", "expected at most 500000 values, 32 levels")]
    [InlineData("billion laughs", "expected at most 500000 values, 32 levels")]
    [InlineData("lists in lists", "expected at most 500000 values, 32 levels")]
    [InlineData("tuples in tuples", "expected at most 500000 values, 32 levels")]
    [InlineData("dicts in dicts", "expected at most 500000 values, 32 levels")]
    [InlineData("a list that holds itself", "expected at most 500000 values, 32 levels")]
    [InlineData("a dict that holds itself", "expected at most 500000 values, 32 levels")]
    [InlineData("empty dicts", "found more than 2000000 opcodes")]
    [InlineData("memo entries", "found more than 2000000 opcodes")]
    [InlineData("marks without an end", "found more than 2000000 opcodes")]
    [InlineData("one long text, many times", "letters of text beside the tensors")]
    [InlineData("long texts under many names", "letters of text beside the tensors")]
    public void Open_Bomb_IsRefusedWithBoundedMemory(string what, string fault)
    {
        string pickle = Proto + Bomb(what);
        Refused(Zip(pickle), fault);
        Refused(Legacy(pickle), fault);
    }

    [Fact]
    public void Open_MemoEntryOfTheHighestNumber_TakesNoMoreMemoryThanAnyOther()
    {
        File.WriteAllBytes(_folder["x.pt"], Zip($"{Proto}](Nr{Int(-1)}e."));
        long before = GC.GetAllocatedBytesForCurrentThread();
        using var file = TensorFile.Open(_folder["x.pt"]);
        Assert.Empty(file.Names);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Open_PickleLargerThanAnyNeeded_IsRefusedBeforeReading() =>
        Refused(Zip(("archive/data.pkl", new byte[(32 << 20) + 1])), "expected a pickle of at most 33554432 bytes");

    [Theory]
    [InlineData("../archive/data.pkl", "leads elsewhere")]
    [InlineData("archive/../../data.pkl", "leads elsewhere")]
    [InlineData("/archive/data.pkl", "leads elsewhere")]
    [InlineData("archive\\..\\data.pkl", "leads elsewhere")]
    [InlineData("C:/archive/data.pkl", "leads elsewhere")]
    [InlineData("data.pkl", "found 0")]
    [InlineData("a/b/data.pkl", "found 0")]
    [InlineData("archive/constants.pkl", "found a TorchScript program")]
    [InlineData("other/data.pkl", "found 2")]
    [InlineData("archive/data.pkl", "appears twice")]
    public void Open_HostileNameInAZip_IsRefused(string name, string fault)
    {
        byte[] good = Bytes($"{Proto}N.");
        Refused(fault is "found 0" ? Zip((name, good)) : Zip(("archive/data.pkl", good), (name, good)), fault);
        Refused(fault is "found 0" ? Zip((name, good)) : Zip((name, good), ("archive/data.pkl", good)), fault);
    }

    [Fact]
    public void Open_ZipBomb_IsRefusedBecauseItIsCompressed()
    {
        byte[] bomb = Zip(CompressionLevel.Optimal, ("archive/data.pkl", new byte[20_000_000]));
        Assert.True(bomb.Length < 100_000);
        Refused(bomb, "found compression method 8");
    }

    [Fact]
    public void Open_ZipThatLies_IsRefused()
    {
        string pickle = $"{Proto}{Dict("a", Tensor(Storage(2), 0, Two, One))}.";
        byte[] good = Zip(pickle, 1, 2);
        // What is at these places of the central directory (PKWARE APPNOTE 4.3.12).
        int entry = IndexOf(good, "PK\u0001\u0002"u8), next = entry + 46 + "archive/data.pkl".Length, end = IndexOf(good, "PK\u0005\u0006"u8);
        Assert.Equal("PK\u0001\u0002", Encoding.Latin1.GetString(good, next, 4));

        Refused(Patched(good, (entry + 8, [1, 0])), "an encrypted one");
        Refused(Patched(good, (entry + 10, [99, 0])), "compression method 99");
        Refused(Patched(good, (entry + 24, BitConverter.GetBytes(1 << 30))), "a stored file of two lengths");
        Refused(Patched(good, (next + 20, BitConverter.GetBytes(1 << 30)), (next + 24, BitConverter.GetBytes(1 << 30))), "found fewer");
        Refused(Patched(good, (next + 20, BitConverter.GetBytes(60)), (next + 24, BitConverter.GetBytes(60))), "overlapping");
        Refused(Patched(good, (next + 42, BitConverter.GetBytes(0))), "the same name and method in both places");
        Refused(Patched(good, (next + 42, BitConverter.GetBytes(int.MaxValue))), "expected the file inside the archive");
        Refused(Patched(good, (next + 42, BitConverter.GetBytes(3))), "found fewer");
        Refused(Patched(good, (30, "b"u8.ToArray())), "the same name and method in both places");
        Refused(Patched(good, (next + 20, BitConverter.GetBytes(4)), (next + 24, BitConverter.GetBytes(4))), "expected 8 bytes of a storage, found 4");
        Refused(Patched(good, (end + 10, [9, 0])), "expected 9 files");
        Refused(Patched(good, (end + 12, BitConverter.GetBytes(int.MaxValue))), "expected a zip directory");
        Refused(Patched(good, (end + 16, BitConverter.GetBytes(0))), "no entry");
        Refused(Patched(good, (end + 4, [1, 0])), "one of several parts");
        Refused(Patched(good, (entry + 28, [255, 255])), "ends too early");
    }

    [Fact]
    public void Open_ZipWithoutTheStorageOfATensor_IsRefused()
    {
        byte[] pickle = Bytes($"{Proto}{Tensor(Storage(2, key: "../../etc/passwd"), 0, Two, One)}.");
        Refused(Zip(("archive/data.pkl", pickle)), "no such file in the archive");
    }

    [Fact]
    public void Open_ZipOfBigEndianNumbers_IsRefused() =>
        Refused(Zip(("archive/data.pkl", Bytes($"{Proto}N.")), ("archive/byteorder", "big"u8.ToArray())), "found 'big'");

    [Fact]
    public void Open_LegacyFileThatLies_IsRefused()
    {
        string tensor = $"{Proto}{Dict("a", Tensor(Storage(2), 0, Two, One))}.";
        Refused(Legacy(tensor, ("0", [1])), "expected a storage of 2 elements, found 1");
        Refused(Legacy(tensor, ("0", [1, 2]))[..^1], "expected at most 7 more bytes, found a length of 8");
        Refused(Legacy(tensor, ("1", [1, 2])), "found another");
        Refused(Legacy(tensor, ("0", [1, 2]), ("0", [1, 2])), "found another");
        Refused(Legacy(tensor), "expected this storage behind the pickles, found none");
        Refused(Legacy($"{Proto}{Storage(1L << 60)}.", ("0", [1])), "expected a storage of 1152921504606846976 elements, found 1");
        Refused(Bytes($"{Proto}K\u0001."), "expected PyTorch's magic number");
        Refused(Bytes($"{Proto}cos\nsystem\n."), "the global 'os.system' at byte 2");
        byte[] old = Legacy(tensor, ("0", [1, 2]));
        Refused(Patched(old, (IndexOf(old, [0xe9, 3]), [0xe8, 3])), "expected PyTorch's format 1001");
        Refused(Patched(old, (IndexOf(old, [0x88, (byte)'s', (byte)'.']), [0x89])), "expected little-endian");
    }

    [Fact]
    public void Read_FewElementsSpreadOverAHugeStorage_IsRefused()
    {
        using var folder = new TempFolder();
        string pickle = $"{Proto}{Dict("a", Tensor(Storage(1L << 28), 0, Two, Number((1L << 28) - 1) + "\u0085"))}.";
        byte[] start = Legacy(pickle, ("0", []));
        using (var stream = File.Create(folder["x"]))
        {
            stream.Write(start.AsSpan(0, start.Length - 8));
            stream.Write(BitConverter.GetBytes(1L << 28));
            stream.SetLength(start.Length + (4L << 28));
        }
        using var file = TensorFile.Open(folder["x"]);
        var error = Assert.Throws<CheckpointException>(() => file.Read("a"));
        Assert.Contains("its 2 elements are spread over 268435456 of the storage", error.Message);
    }

    public void Dispose() => _folder.Dispose();

    private static string Bomb(string what) => what switch
    {
        "billion laughs" => "(]q\0" + string.Concat(Enumerable.Range(1, 25).Select(i => $"]({string.Concat(Enumerable.Repeat($"h{(char)(i - 1)}", 10))}eq{(char)i}")) + "t.",
        "billion long names" => "(}q\0" + string.Concat(Enumerable.Range(1, 25)
            .Select(i => $"}}({string.Concat(Enumerable.Range(0, 10).Select(k => $"{Text(k + new string('k', 14))}h{(char)(i - 1)}"))}uq{(char)i}")) + "t.",
        "lists in lists" => new string(']', 999_000) + new string('a', 998_999) + ".",
        "tuples in tuples" => "N" + new string('\u0085', 1_000_000) + ".",
        "dicts in dicts" => "}" + Many("K\0}", 100_000) + new string('s', 100_000) + ".",
        "a list that holds itself" => "]q\0h\0a.",
        "a dict that holds itself" => $"}}q\0{Text("a")}h\0s.",
        "empty dicts" => "](" + new string('}', 3_000_000) + "e.",
        "memo entries" => "N" + new string('\u0094', 3_000_000) + ".",
        "marks without an end" => new string('(', 3_000_000) + ".",
        "one long text, many times" => $"]({Text(new string('x', 900))}q\0" + Many("h\0", 400_000) + "e.",
        "long texts under many names" => $"}}({string.Concat(Enumerable.Range(0, 3000).Select(i => $"{Text($"k{i}")}{Text(new string('x', 1000))}"))}u.",
        _ => throw new ArgumentException(what),
    };

    private static string Many(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private void Refused(byte[] bytes, string fault)
    {
        string path = _folder["hostile.pt"];
        File.WriteAllBytes(path, bytes);
        string[] files = Directory.GetFileSystemEntries(_folder.Path), here = Directory.GetFileSystemEntries(Environment.CurrentDirectory);
        long before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<CheckpointException>(() => TensorFile.Open(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
        Assert.StartsWith(path, error.Message);
        Assert.Contains(fault, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.InRange(error.Message.Length, 1, 2000);
        Assert.Equal(files, Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal(here, Directory.GetFileSystemEntries(Environment.CurrentDirectory));
        Assert.Equal(bytes.Length, new FileInfo(path).Length);
    }

    // In the legacy format a position counts from the file's start.
    private static string WithoutPosition(string fault) => fault.Split(" at byte")[0];

    private static byte[] Patched(byte[] bytes, params (int At, byte[] Bytes)[] patches)
    {
        byte[] copy = [.. bytes];
        foreach (var (at, patch) in patches)
        {
            patch.CopyTo(copy, at);
        }
        return copy;
    }

    private static int IndexOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> pattern) => bytes.IndexOf(pattern);
}
