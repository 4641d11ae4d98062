using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Nn;

[Collection(GlobalState.Name)]
public sealed class UtilsTests
{
    [Theory, InlineData(2.0, 5.0), InlineData(1.0, 7.0), InlineData(double.PositiveInfinity, 4.0)]
    public void ClipGradNorm_LargerNorm_ScalesAllGradients(double type, double expected)
    {
        using var scope = NewDisposeScope();
        Parameter[] ps = [WithGrad(3), WithGrad(-4), new(ones(1))];
        Assert.Equal(expected, nn.utils.clip_grad_norm_(ps, 1, type), 1e-6);
        Assert.Equal(3 / expected, ps[0].grad!.item<float>(), 1e-5);
        Assert.Equal(-4 / expected, ps[1].grad!.item<float>(), 1e-5);
        Assert.Null(ps[2].grad);
    }

    [Fact]
    public void ClipGradNorm_SmallerNorm_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        Parameter[] ps = [WithGrad(3), WithGrad(-4)];
        Assert.Equal(5, nn.utils.clip_grad_norm_(ps, 6), 1e-6);
        Assert.Equal(3f, ps[0].grad!.item<float>());
        Assert.Equal(0, nn.utils.clip_grad_norm_([], 1));
    }

    [Fact]
    public void ClipGradNorm_NotANumber_Shows()
    {
        using var scope = NewDisposeScope();
        Parameter[] ps = [WithGrad(float.NaN), WithGrad(1)];
        Assert.True(double.IsNaN(nn.utils.clip_grad_norm_(ps, 1)));
        Assert.True(float.IsNaN(ps[1].grad!.item<float>()));
    }

    [Fact]
    public void ClipGradValue_HoldsEveryElement()
    {
        using var scope = NewDisposeScope();
        Parameter[] ps = [WithGrad(3), WithGrad(-0.2f)];
        nn.utils.clip_grad_value_(ps, 0.5);
        Assert.Equal(0.5f, ps[0].grad!.item<float>());
        Assert.Equal(-0.2f, ps[1].grad!.item<float>());
    }

    [Fact]
    public void Vector_OfParameters_GoesBackIntoThem()
    {
        using var scope = NewDisposeScope();
        using var net = nn.Linear(3, 2);
        var vector = nn.utils.parameters_to_vector(net.parameters());
        Assert.Equal([8L], vector.shape);
        nn.utils.vector_to_parameters(vector.detach() * 2, net.parameters());
        Assert.True(nn.utils.parameters_to_vector(net.parameters()).Equals(vector * 2));
        Assert.Throws<ArgumentException>(() => nn.utils.vector_to_parameters(ones(7), net.parameters()));
    }

    [Fact]
    public void Sparse_SetsThatShareOfEachColumnToZero()
    {
        using var scope = NewDisposeScope();
        var t = nn.init.sparse_(empty(10, 4), 0.35);
        Assert.Equal([4L, 4, 4, 4], (t == 0).sum(0L).data<long>().ToArray());
    }

    private static Parameter WithGrad(float g)
    {
        var p = new Parameter(ones(1));
        p.grad = full(1, g);
        return p;
    }
}
