using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Autograd;

public class AutogradTests
{
    [Fact]
    public void Backward_Twice_Accumulates()
    {
        using var scope = NewDisposeScope();
        var w = tensor([1.0, 2.0], requires_grad: true);
        (w * w).sum().backward();
        (w * w).sum().backward();
        Assert.Equal([4.0, 8.0], w.grad!.data<double>().ToArray());
        w.grad = null;
        Assert.Null(w.grad);
    }

    [Fact]
    public void Grad_OfGrad_IsTheSecondDerivative()
    {
        using var scope = NewDisposeScope();
        var x = tensor([0.5, 1.5], requires_grad: true);
        var first = autograd.grad([x.pow(4).sum()], [x], create_graph: true, retain_graph: true)[0];
        var second = autograd.grad([first.sum()], [x])[0];
        Assert.Equal([0.5, 13.5], first.data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([3.0, 27.0], second.data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Grad_OfAGradientPenalty_EqualsItsFiniteDifference()
    {
        using var scope = NewDisposeScope();
        var x = Operators.Golden.Input("any:2,3", 0).requires_grad_();
        var w = Operators.Golden.Input("any:3,4", 1).requires_grad_();
        var dw = autograd.grad([Penalty(x, w)], [w])[0];
        const double H = 1e-6;
        for (int i = 0; i < 3; i++)
        {
            var up = w.detach().clone();
            up[i, 1] = up[i, 1] + H;
            var down = w.detach().clone();
            down[i, 1] = down[i, 1] - H;
            double slope = (Penalty(x, up).ToDouble() - Penalty(x, down).ToDouble()) / (2 * H);
            Assert.Equal(slope, dw[i, 1].item<double>(), 6);
        }

        static Tensor Penalty(Tensor x, Tensor w)
        {
            var y = x.matmul(w).tanh().sum();
            return autograd.grad([y], [x], create_graph: true, retain_graph: true)[0].square().sum();
        }
    }

    [Fact]
    public void Grad_WithGradOutputs_IsTheVectorJacobianProduct()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.0, 2.0, 3.0], requires_grad: true);
        var g = autograd.grad([x * x], [x], [tensor([1.0, 0.0, 10.0])])[0];
        Assert.Equal([2.0, 0.0, 60.0], g.data<double>().ToArray());
        (x * x).backward([tensor([1.0, 1.0, 0.0])]);
        Assert.Equal([2.0, 4.0, 0.0], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void Grad_OfAnUnusedInput_IsAnErrorOrNull()
    {
        using var scope = NewDisposeScope();
        var (x, unused) = (ones(2, requires_grad: true), ones(2, requires_grad: true));
        var error = Assert.Throws<ExternalException>(() => autograd.grad([x.sum()], [x, unused]));
        Assert.Contains("allow_unused", error.Message);
        Assert.Null(autograd.grad([x.sum()], [x, unused], allow_unused: true)[1]);
    }

    [Fact]
    public void Backward_ThroughAFreedGraph_IsAnError()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var loss = (x * x).sum();
        loss.backward(retain_graph: true);
        loss.backward();
        Assert.Contains("second time", Assert.Throws<ExternalException>(() => loss.backward()).Message);
    }

    [Fact]
    public void BackwardWithInputs_OfTwoLeaves_FillsOnlyThem()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (ones(1, requires_grad: true), ones(1, requires_grad: true));
        autograd.backward((a * b).sum(), inputs: [a]);
        Assert.NotNull(a.grad);
        Assert.Null(b.grad);
    }

    [Fact]
    public void RetainGrad_OfAnIntermediate_KeepsIt()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var y = x * 3;
        y.retain_grad();
        (y * y).sum().backward();
        Assert.Equal([6f, 6f], y.grad!.data<float>().ToArray());
        Assert.True(x.is_leaf);
        Assert.False(y.is_leaf);
    }

    [Fact]
    public void GradMode_Guards_NestAndRestore()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).with_requires_grad();
        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            Assert.False((x * x).requires_grad);
            using (enable_grad()) Assert.True((x * x).requires_grad);
            Assert.False(is_grad_enabled());
        }
        using (set_grad_enabled(false)) Assert.False(is_grad_enabled());
        Assert.True((x * x).requires_grad);
        Assert.False(is_inference_mode_enabled());
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * x).requires_grad);
        }
        Assert.False(is_inference_mode_enabled());
    }

    [Fact]
    public void Detach_OfARecordedTensor_SharesItsMemoryWithoutItsHistory()
    {
        using var scope = NewDisposeScope();
        var y = ones(2, requires_grad: true) * 2;
        var d = y.detach();
        Assert.False(d.requires_grad);
        d[0] = 7;
        Assert.Equal(7f, y[0].item<float>());
    }
}
