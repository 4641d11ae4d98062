using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Memory;

[Collection("memory")]
public class LifetimeTests
{
    [Fact]
    public void TrainingSteps_InScopes_KeepTheNumberOfTensorsFlat()
    {
        using var w = randn(8, 8).requires_grad_();
        Step(w);
        long live = Native.lt_live(), counted = Tensor.TotalCount;
        for (int i = 0; i < 50; i++)
        {
            Step(w);
            Assert.Equal(live, Native.lt_live());
            Assert.Equal(counted, Tensor.TotalCount);
        }
    }

    [Fact]
    public void Tensors_OutsideScopes_AreFreedByFinalisers()
    {
        Collect();
        long live = Native.lt_live();
        MakeAndForget(200);
        for (int i = 0; i < 20 && Native.lt_live() > live; i++) Collect();
        Assert.Equal(live, Native.lt_live());
    }

    [Fact]
    public void LargeTensors_OutsideScopes_MakeTheCollectorRunByItself()
    {
        Collect();
        long live = Native.lt_live();
        long most = 0;
        for (int i = 0; i < 400; i++)
        {
            _ = zeros(1 << 20); // 4 MB each
            most = Math.Max(most, Native.lt_live() - live);
        }
        Assert.InRange(most, 1, 399);
    }

    [Fact]
    public void Dispose_Twice_IsHarmless()
    {
        long live = Native.lt_live();
        var t = ones(2);
        var same = t.alias();
        t.Dispose();
        t.Dispose();
        Assert.True(t.IsInvalid);
        Assert.Equal(1f, same[0].item<float>());
        same.Dispose();
        Collect();
        Assert.InRange(Native.lt_live(), 0, live + 1); // the item's own temporary may still await its finaliser
    }

    [Fact]
    public void Tensors_DisposedOnManyThreads_AreAllFreed()
    {
        Collect();
        long live = Native.lt_live();
        var made = Enumerable.Range(0, 400).Select(_ => ones(4)).ToArray();
        Parallel.ForEach(made.Concat(made), t => t.Dispose());
        Assert.Equal(live, Native.lt_live());
    }

    [Fact]
    public void DecoupleFromNativeHandle_Handle_OutlivesTheTensor()
    {
        var t = ones(2);
        nint handle = t.DecoupleFromNativeHandle();
        Assert.True(t.IsInvalid);
        using var again = new Tensor(handle);
        Assert.Equal(2, again.numel());
    }

    private static void Step(Tensor w)
    {
        using var scope = NewDisposeScope();
        w.grad = null;
        var x = randn(4, 8);
        var loss = (x.matmul(w).relu() - 1).square().mean();
        loss.backward();
        using (no_grad()) w.sub_(w.grad! * 0.1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeAndForget(int n)
    {
        for (int i = 0; i < n; i++) _ = ones(10) + i;
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
