using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Errors;

public class ErrorTests
{
    [Fact]
    public void Matmul_OfWrongShapes_ThrowsLibtorchsMessage()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => ones(2, 3).matmul(ones(2, 3)));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message);
        Assert.DoesNotContain("\n  frame", error.Message);
    }

    public static TheoryData<string, Action> Faults => new()
    {
        { "shapes that do not broadcast", () => _ = ones(2) + ones(3) },
        { "a view of another size", () => ones(6).view(4, 2) },
        { "an index out of range", () => _ = ones(3)[5] },
        { "a dimension out of range", () => ones(3).sum(4) },
        { "too many indices", () => _ = ones(3)[1, TensorIndex.Colon] },
        { "cat of different shapes", () => cat([ones(2, 2), ones(3, 3)], 1) },
        { "a singular solve", () => linalg.inv(zeros(2, 2)) },
        { "gradients of integers", () => arange(3).requires_grad_() },
        { "backward of many elements", () => ones(3, requires_grad: true).mul(2).backward() },
        { "backward of no record", () => ones(1).backward() },
        { "in place on a leaf", () => ones(3, requires_grad: true).add_(1) },
        { "a bad einsum", () => einsum("ij,jk", ones(2, 3), ones(2, 3)) },
        { "a negative length", () => zeros(-1) },
        { "a size of a missing dimension", () => ones(3).size(1) },
        { "a random state of wrong size", () => new Generator().set_state(zeros(3, dtype: uint8)) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void BadCall_OfAnyKind_ThrowsAndLeavesTheProcessAlive(string what, Action action)
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(action);
        Assert.False(string.IsNullOrWhiteSpace(error.Message), what);
        Assert.Equal(3f, ones(3).sum().item<float>());
    }

    [Fact]
    public void Tensor_AfterDispose_Throws()
    {
        var t = ones(3);
        t.Dispose();
        Assert.Throws<InvalidOperationException>(() => t.sum());
        Assert.Throws<InvalidOperationException>(() => t.shape);
        Assert.Throws<InvalidOperationException>(() => t.dtype);
        Assert.Throws<InvalidOperationException>(() => t + 1);
        Assert.Throws<InvalidOperationException>(() => cat([t, t]));
        Assert.Equal("[invalid]", t.ToString());
    }

    [Fact]
    public void Generator_AfterDispose_Throws()
    {
        var g = new Generator(1);
        g.Dispose();
        g.Dispose();
        Assert.Throws<InvalidOperationException>(() => rand(2, generator: g));
        Assert.Throws<InvalidOperationException>(() => g.get_state());
    }

    [Fact]
    public void Values_OfAnotherType_Throw()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => ones(1).item<double>());
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
        Assert.Throws<ArgumentException>(() => ones(2).data<long>());
        Assert.Throws<ArgumentException>(() => tensor(new[] { 1f, 2f, 3f }, [2, 2]));
        Assert.Throws<IndexOutOfRangeException>(() => ones(2).data<float>()[2]);
        Assert.Throws<NotSupportedException>(() => ones(2, names: ["N"]));
        Assert.Throws<NotSupportedException>(() => from_array(new string[2]));
    }

    [Fact]
    public void Device_ThatIsNotHere_Throws()
    {
        if (cuda.is_available()) return;
        Assert.Equal(0, cuda.device_count());
        Assert.Throws<InvalidOperationException>(() => ones(2, device: "cuda"));
        Assert.Throws<InvalidOperationException>(() => CUDA);
        Assert.Throws<ArgumentException>(() => new Device("abacus"));
    }
}
