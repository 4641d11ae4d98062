using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Data;

public sealed class TensorFormattersTests
{
    [Fact]
    public void Html_OfAMatrix_HasItsNumbers()
    {
        using var x = tensor(new float[] { 1, 2.5f, -3, 4 }, [2, 2]);
        Assert.Equal("<div>[2, 2] Float32; -3 to 4, mean 1.125</div><table style=\"font-variant-numeric:tabular-nums;text-align:right\"><tbody>"
            + "<tr><td>1</td><td>2.5</td></tr><tr><td>-3</td><td>4</td></tr></tbody></table>", TensorFormatters.ToHtml(x));
    }

    [Fact]
    public void Html_OfALargeTensor_IsCutAndSaysWhichMatrix()
    {
        using var x = zeros(3, 2, 7, 9);
        string html = TensorFormatters.ToHtml(x);
        Assert.Contains("[3, 2, 7, 9] Float32; 0 to 0, mean 0", html, StringComparison.Ordinal);
        Assert.Contains("[0, 0, :, :]", html, StringComparison.Ordinal);
        Assert.Equal(6 * 8, html.Split("<td>0</td>").Length - 1);
        Assert.Equal(6, html.Split("<td>…</td>").Length - 1);
        Assert.Contains("<td colspan=\"9\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_OfEveryElementType_SaysItAndTheNumbers()
    {
        foreach (var type in new[] { ScalarType.Byte, ScalarType.Int64, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float64, ScalarType.Bool })
        {
            using var x = ones(2, dtype: type);
            Assert.StartsWith($"[2] {type}", TensorFormatters.ToPlain(x), StringComparison.Ordinal);
            Assert.EndsWith("\n[1, 1]", TensorFormatters.ToPlain(x), StringComparison.Ordinal);
            Assert.Contains("<td>1</td><td>1</td>", TensorFormatters.ToHtml(x), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Forms_OfWhatHasNoNumbers_AreALine()
    {
        using var empty = zeros(0, 3);
        Assert.Equal("[0, 3] Float32", TensorFormatters.ToPlain(empty));
        var gone = zeros(2);
        gone.Dispose();
        Assert.Equal("<div>a tensor that was disposed of</div>", TensorFormatters.ToHtml(gone));
    }

    [Fact]
    public void Head_OfAParameter_SaysThatItLearns()
    {
        using var x = ones(1, requires_grad: true);
        Assert.Equal("[1] Float32, requires gradient\n[1]", TensorFormatters.ToPlain(x));
    }

    [Fact]
    public void Tensor_Shown_LeavesNoTensorBehind()
    {
        using var scope = NewDisposeScope();
        var x = randn(4, 5);
        int before = scope.DisposablesCount;
        TensorFormatters.ToHtml(x);
        TensorFormatters.ToPlain(x);
        Assert.Equal(before, scope.DisposablesCount);
    }
}
