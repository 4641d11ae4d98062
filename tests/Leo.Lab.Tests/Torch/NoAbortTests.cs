using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Leo.Lab.Checkpoints;
using Leo.Lab.Metrics;
using Leo.Lab.Tests.Training;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Torch;

/// <summary>libtorch's errors that TorchSharp's native half does not catch, and that a user's input can cause: each is an exception, none ends the process.</summary>
public sealed class NoAbortTests
{
    [Fact]
    public void Matmul_MatricesThatDoNotFit_Throws() =>
        Assert.StartsWith("ExternalException: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", Child.Error(() => ones(2, 3).matmul(ones(2, 3))));

    [Fact]
    public void Matmul_ResultLargerThanMemory_Throws() => Assert.Contains("can't allocate memory", Child.Error(() =>
    {
        var column = zeros(1, 1).expand(4_000_000, 1);
        column.matmul(column.t());
    }));

    [Fact]
    public void Matmul_BatchesThatDoNotFit_Throws() => Assert.Equal("InvalidOperationException: all 7 threw", Child.Error(() =>
    {
        (long[], long[])[] pairs = [([4], [3]), ([3, 4], [5]), ([4], [5, 5]), ([2, 3, 1], [4, 5]), ([2, 3, 4], [3, 4, 5]), ([1], [1, 4, 5]), ([], [2, 2])];
        int threw = 0;
        foreach (var (left, right) in pairs)
        {
            try
            {
                ones(left).matmul(ones(right));
            }
            catch (System.Runtime.InteropServices.ExternalException)
            {
                threw++;
            }
        }
        throw new InvalidOperationException($"all {threw} threw");
    }));

    [Theory]
    [InlineData("4", "4"), InlineData("3 4", "4"), InlineData("4", "4 5"), InlineData("3 4", "4 5"), InlineData("4", "2 4 5"), InlineData("2 3 4", "4")]
    [InlineData("2 3 4", "4 5"), InlineData("3 4", "2 4 5"), InlineData("2 1 3 4", "3 4 5"), InlineData("0 4", "4 5"), InlineData("2 3 4", "2 4 5")]
    public void Matmul_AnyRanks_IsTheSumOfProducts(string left, string right)
    {
        using var scope = NewDisposeScope();
        Tensor a = Wave(left), b = Wave(right);
        var (x, y) = (a.dim() == 1 ? a.unsqueeze(0) : a, b.dim() == 1 ? b.unsqueeze(1) : b);
        var sums = (x.unsqueeze(-1) * y.unsqueeze(-3)).sum(-2);
        sums = b.dim() == 1 ? sums.squeeze(-1) : sums;
        sums = a.dim() == 1 ? sums.squeeze(b.dim() == 1 ? -1 : -2) : sums;
        var product = a.matmul(b);
        Assert.Equal(sums.shape, product.shape);
        Assert.True(sums.allclose(product, 1e-5, 1e-6));

        static Tensor Wave(string shape)
        {
            long[] sizes = [.. shape.Split(' ').Select(long.Parse)];
            return (arange(sizes.Aggregate(1L, (p, n) => p * n)).to(float32) * 1.7f).sin().reshape(sizes);
        }
    }

    [Fact]
    public void Resume_RandomStateCutShort_IsRefused() => Assert.StartsWith("CheckpointException: ", Refused(
        Child.Error(() => ResumeWith(state => state.narrow(0, 0, 7))), "'rng.data': expected the 5056 bytes of a random generator's state, found Byte [7]"));

    [Fact]
    public void Resume_RandomStateOfAnotherType_IsRefused() => Assert.StartsWith("CheckpointException: ", Refused(
        Child.Error(() => ResumeWith(state => state.to(float32))), "found Float32 [5056]"));

    [Fact]
    public void Resume_RandomStateThatIsNone_IsRefused() => Assert.StartsWith("CheckpointException: ", Refused(
        Child.Error(() => ResumeWith(state => zeros_like(state))), "found not seeded, 0 left, at 0"));

    [Fact]
    public void TorchScript_WithoutForward_IsRefused() => Assert.StartsWith("CheckpointException: ", Refused(
        Child.Error(() => Load("code/__torch__.py", code => code.Replace("def forward", "def backward"))), "cannot be loaded as TorchScript (Method 'forward' is not defined)"));

    [Fact]
    public void TorchScript_OfAnUnknownOperator_IsRefused() => Assert.StartsWith("CheckpointException: ", Refused(
        Child.Error(() => Load("code/__torch__.py", code => code.Replace("torch.mean(", "torch.mean7("))), "Unknown builtin op: aten::mean7"));

    [Fact]
    public void TorchScript_OfAVersionThatIsNoNumber_IsRefused() => Assert.StartsWith("CheckpointException: ", Refused(
        Child.Error(() => Load("version", _ => new string('9', 30))), "cannot be loaded as TorchScript (stoull)"));

    // What else aborts (TorchSharp 0.107): autograd.grad where memory runs out, cummax and cummin along no dimension; matmul where NativeMatmul is not in place.
    [Fact]
    public void Library_CallsOfFunctionsThatAbort_AreNone()
    {
        using var file = new PEReader(File.OpenRead(typeof(LeoException).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var called = metadata.MemberReferences.Select(metadata.GetMemberReference).Select(m => $"{Parent(m)}.{metadata.GetString(m.Name)}").ToHashSet();
        Assert.Contains("Tensor.mm", called);
        Assert.Empty(called.Intersect(["Tensor.matmul", "torch.matmul", "autograd.grad", "Tensor.cummax", "Tensor.cummin", "torch.cummax", "torch.cummin", "torch.set_num_interop_threads"]));

        string Parent(MemberReference member) => member.Parent.Kind == HandleKind.TypeReference
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) : "";
    }

    private static string Refused(string said, string expected)
    {
        Assert.Contains(expected, said);
        return said;
    }

    // A short training whose checkpoint then holds another state of its generator "data".
    private static void ResumeWith(Func<Tensor, Tensor> change)
    {
        using var folder = new TempFolder();
        Train(2);
        string path = CheckpointFolder.Resolve(folder["run"])!;
        Dictionary<string, Tensor> tensors;
        Dictionary<string, string> metadata;
        using (ITensorFile file = SafetensorsFile.Open(path))
        {
            tensors = file.Names.ToDictionary(n => n, file.Read);
            metadata = file.Metadata.ToDictionary();
        }
        tensors[CheckpointNames.Random + "data"] = change(tensors[CheckpointNames.Random + "data"]).contiguous();
        Safetensors.Write(path, tensors, metadata);
        Train(4);

        void Train(int steps)
        {
            using var task = new ToyTask();
            using var run = RunFolder.CreateOrResume(folder["run"]);
            new TrainingLoop(task, new TrainingSettings { Steps = steps }, run, new RecordedProgress()).Run();
        }
    }

    // The tests' detector with one of its texts changed.
    private static void Load(string entry, Func<string, string> change)
    {
        using var folder = new TempFolder();
        using (var from = ZipFile.OpenRead(Path.Combine(AppContext.BaseDirectory, "Metrics", "Golden", "tiny_detector.pt")))
        using (var to = ZipFile.Open(folder["changed.pt"], ZipArchiveMode.Create))
        {
            foreach (var old in from.Entries)
            {
                using var source = old.Open();
                using var target = to.CreateEntry(old.FullName, CompressionLevel.NoCompression).Open();
                if (!old.FullName.EndsWith('/' + entry, StringComparison.Ordinal)) source.CopyTo(target);
                else target.Write(System.Text.Encoding.UTF8.GetBytes(change(new StreamReader(source).ReadToEnd())));
            }
        }
        TorchScriptExtractor.Load(folder["changed.pt"]).Dispose();
    }
}
