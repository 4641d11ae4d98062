using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Memory;

[Collection("memory")]
public class DisposeScopeTests
{
    [Fact]
    public void Scope_Ending_DisposesWhatWasMadeInIt()
    {
        Tensor a, b, c;
        using (NewDisposeScope())
        {
            a = ones(3);
            b = a + 1;
            c = (a * b).DetachFromDisposeScope();
        }
        Assert.True(a.IsInvalid);
        Assert.True(b.IsInvalid);
        Assert.Equal(2f, c[0].item<float>());
        c.Dispose();
    }

    [Fact]
    public void MoveToOuter_FromInner_DiesWithOuter()
    {
        Tensor kept, left;
        using (var outer = NewDisposeScope())
        {
            using (var inner = NewDisposeScope())
            {
                kept = ones(2).MoveToOuterDisposeScope();
                left = ones(2);
                Assert.True(inner.Contains(left));
                Assert.False(inner.Contains(kept));
            }
            Assert.True(left.IsInvalid);
            Assert.False(kept.IsInvalid);
            Assert.Equal(1, outer.DisposablesCount);
        }
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void MoveToOuter_OfOutermost_Detaches()
    {
        Tensor kept;
        using (NewDisposeScope()) kept = ones(2).MoveToOuterDisposeScope();
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void DisposeEverythingBut_Some_KeepsThem()
    {
        using var scope = NewDisposeScope();
        var (a, b, c) = (ones(1), ones(1), ones(1));
        scope.DisposeEverythingBut(b);
        Assert.True(a.IsInvalid);
        Assert.False(b.IsInvalid);
        Assert.True(c.IsInvalid);
        Assert.Equal([b], scope.DisposablesView, ReferenceEqualityComparer.Instance);
    }

    [Fact]
    public void Attach_ATensorFromOutside_DisposesIt()
    {
        var t = ones(1);
        using (var scope = NewDisposeScope()) scope.Attach(t);
        Assert.True(t.IsInvalid);
    }

    [Fact]
    public void MoveToOther_AnotherScope_Moves()
    {
        using var outer = NewDisposeScope();
        Tensor t;
        using (var inner = NewDisposeScope())
        {
            t = ones(1);
            inner.MoveToOther(outer, t);
        }
        Assert.False(t.IsInvalid);
        Assert.True(outer.Contains(t));
        var other = ones(1).DetachFromDisposeScope();
        other.MoveToOtherDisposeScope(t);
        Assert.True(outer.Contains(other));
    }

    [Fact]
    public void Scopes_EndingOutOfOrder_LeaveTheStackSound()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.Null(CurrentDisposeScope);
        inner.Dispose();
        Assert.Throws<ObjectDisposedException>(() => inner.DisposablesCount);
    }

    [Fact]
    public void Scopes_OfTwoThreads_DoNotMeet()
    {
        using var scope = NewDisposeScope();
        Tensor? other = null;
        DisposeScope? seen = scope;
        var thread = new Thread(() =>
        {
            seen = CurrentDisposeScope;
            other = ones(1);
        });
        thread.Start();
        thread.Join();
        Assert.Null(seen);
        Assert.Equal(0, scope.DisposablesCount);
        other!.Dispose();
    }

    [Fact]
    public void Statistics_OfOneThread_CountWhatHappened()
    {
        OnNewThread(() =>
        {
            var s = DisposeScopeManager.Statistics;
            var outside = ones(1);
            Assert.Equal(1, s.CreatedOutsideScopeCount);
            using (var scope = NewDisposeScope())
            {
                var a = ones(1);
                var b = ones(1);
                var c = ones(1).DetachFromDisposeScope();
                scope.Attach(outside);
                b.Dispose();
                Assert.Equal(3, s.CreatedInScopeCount);
                Assert.Equal(1, s.DetachedFromScopeCount);
                Assert.Equal(1, s.AttachedToScopeCount);
                Assert.Equal(1, s.DisposedInScopeCount);
                Assert.Equal(3, s.ThreadTotalLiveCount);
                c.Dispose();
                Assert.Equal(1, s.DisposedOutsideScopeCount);
            }
            Assert.Equal(3, s.DisposedInScopeCount);
            Assert.Equal(0, s.ThreadTotalLiveCount);
            s.Reset();
            Assert.Equal(0, s.CreatedInScopeCount);
        });
    }

    [Fact]
    public void LongScope_ManyMovedOut_DoesNotGrow()
    {
        using var outer = NewDisposeScope();
        for (int i = 0; i < 10_000; i++)
        {
            var first = ones(1);
            var second = ones(1);
            first.Dispose();
            second.Dispose();
        }
        Assert.Equal(0, outer.DisposablesCount);
    }

    [Fact]
    public void WrappedScope_OfAnExpression_KeepsOnlyItsResult()
    {
        using var scope = NewDisposeScope();
        var y = WrappedTensorDisposeScope(() => (ones(2) + 1) * 3);
        Assert.Equal(1, scope.DisposablesCount);
        Assert.Equal(6f, y[0].item<float>());
    }

    private static void OnNewThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action));
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
