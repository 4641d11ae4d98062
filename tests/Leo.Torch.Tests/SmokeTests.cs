using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests;

public class SmokeTests
{
    [Fact]
    public void Smoke()
    {
        using var scope = NewDisposeScope();
        var x = arange(6, dtype: float32).reshape(2, 3).requires_grad_();
        var y = (x * x + 1.0).sum();
        y.backward();
        Assert.Equal([0f, 2, 4, 6, 8, 10], x.grad!.data<float>().ToArray());
        Assert.Equal(4f, x[1, 1].item<float>());
        Assert.Equal([2f, 5f], x[.., ^1].detach().data<float>().ToArray());
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => x.matmul(x));
        Console.WriteLine(x.npstr());
        Console.WriteLine(x);
    }
}
