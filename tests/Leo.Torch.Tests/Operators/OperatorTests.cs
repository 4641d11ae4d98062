using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Operators;

public class OperatorTests
{
    public static TheoryData<string> Names => [.. OperatorCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Operator_OnFormulaInputs_GivesPyTorchsOutputsAndGradients(string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Ops[name];
        var x = golden.In.Select(Golden.Input).ToArray();
        foreach (var t in x) if (t.is_floating_point()) t.requires_grad_();

        var outputs = OperatorCases.All[name](x);

        Assert.Equal(golden.Out.Length, outputs.Length);
        Tensor loss = zeros(1, dtype: float64);
        for (int k = 0; k < outputs.Length; k++)
        {
            var (y, expected) = (outputs[k], golden.Out[k]);
            Assert.Equal(expected.Shape, y.shape);
            Assert.Equal(expected.Type, TypeNames[y.dtype]);
            AssertClose(expected.Digest, y, $"{name}: output {k}");
            if (y.requires_grad) loss = loss + (y.to(float64).flatten() * (arange(y.numel(), dtype: float64) + k).cos()).sum();
        }

        var wanted = loss.requires_grad ? x.Where(t => t.requires_grad).ToArray() : [];
        Assert.Equal(golden.Grad.Length, wanted.Length);
        if (wanted.Length == 0) return;
        var grads = autograd.grad([loss], wanted, allow_unused: true);
        for (int k = 0; k < wanted.Length; k++)
        {
            if (golden.Grad[k] is { } digest) AssertClose(digest, grads[k], $"{name}: gradient {k}");
            else Assert.Null(grads[k]);
        }
    }

    [Fact]
    public void EveryOperatorOfTensor_HasAGoldenCase()
    {
        var covered = OperatorCases.All.Keys.Select(k => k.Split('/')[0])
            .Concat(OperatorCases.TestedWithin.Select(t => t.Operator)).Concat(TestedElsewhere).ToHashSet();
        const BindingFlags All = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var missing = typeof(Tensor).GetMethods(All)
            .Where(m => !m.Name.StartsWith("get_") && !m.Name.StartsWith("set_")).Select(m => m.Name).Distinct()
            .Where(n => !covered.Contains(n)).Order();
        Assert.Empty(missing);
        Assert.All(OperatorCases.TestedWithin, t => Assert.Contains(t.Case, OperatorCases.All.Keys));
    }

    [Fact]
    public void EveryFunctionOfLinalg_HasAGoldenCase()
    {
        var missing = typeof(linalg).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(m => "linalg." + m.Name).Distinct().Where(n => !OperatorCases.All.ContainsKey(n) && !TestedElsewhere.Contains(n));
        Assert.Empty(missing);
    }

    // Facts, conversions to .NET and lifetimes, each with tests of its own.
    private static readonly string[] TestedElsewhere =
    [
        "Dispose", "DecoupleFromNativeHandle", "MoveToOuterDisposeScope", "DetachFromDisposeScope", "MoveToOtherDisposeScope", "Equals",
        "GetHashCode", "ToString", "allclose", "backward", "retain_grad", "requires_grad_", "with_requires_grad", "data", "item",
        "ToScalar", "ReadCpuDouble", "ReadCpuSingle", "ReadCpuInt32", "ReadCpuInt64", "ReadCpuByte", "ReadCpuSByte", "ReadCpuInt16",
        "ReadCpuBool", "ReadCpuValue", "dim", "numel", "element_size", "is_cpu", "is_contiguous", "is_integral", "is_floating_point",
        "is_complex", "is_nonzero", "size", "stride", "storage_offset", "cuda", "new_empty", "empty_like", "set_", "op_Implicit",
        "op_Explicit", "linalg.eig", "linalg.eigvals"
    ];

    private static readonly Dictionary<ScalarType, string> TypeNames = new()
    {
        [ScalarType.Byte] = "uint8", [ScalarType.Int8] = "int8", [ScalarType.Int16] = "int16", [ScalarType.Int32] = "int32",
        [ScalarType.Int64] = "int64", [ScalarType.Float16] = "float16", [ScalarType.BFloat16] = "bfloat16",
        [ScalarType.Float32] = "float32",
        [ScalarType.Float64] = "float64", [ScalarType.Bool] = "bool"
    };

    private static void AssertClose(double[] expected, Tensor actual, string what)
    {
        // Doubles agree but for the order of sums; single precision was rounded once more on the way.
        double tolerance = actual.dtype is ScalarType.Float64 ? 1e-9 : 2e-6;
        double[] found = Golden.Digest(actual);
        double scale = 1 + Math.Abs(expected[2]);
        for (int i = 0; i < 3; i++)
        {
            if (double.IsNaN(expected[i]) && double.IsNaN(found[i])) continue;
            Assert.True(Math.Abs(expected[i] - found[i]) <= tolerance * scale,
                $"{what}: expected [{string.Join(", ", expected)}], found [{string.Join(", ", found)}]");
        }
    }
}
