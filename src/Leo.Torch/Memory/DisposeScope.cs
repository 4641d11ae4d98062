using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Owns the tensors that are made on its thread while it is the innermost one, and disposes them when it ends,
/// except those moved out or detached. Open one with <see cref="NewDisposeScope"/>.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private DisposeScopeManager? manager;
    // Each tensor knows its slot, so leaving a scope costs nothing however many it holds.
    private Tensor?[] slots = new Tensor?[32];
    private int used;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        this.manager = manager;
        OuterScope = outer;
    }

    internal DisposeScope? OuterScope { get; set; }

    /// <summary>What it owns now.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            Open();
            return [.. slots.AsSpan(0, used).ToArray().OfType<Tensor>()];
        }
    }

    /// <summary>How many it owns now.</summary>
    public int DisposablesCount
    {
        get
        {
            Open();
            int n = 0;
            for (int i = 0; i < used; i++) n += slots[i] is null ? 0 : 1;
            return n;
        }
    }

    /// <summary>Hands it to the enclosing scope, or to nobody at the outermost.</summary>
    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second));

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(OuterScope, (IEnumerable<IDisposable>)disposables);

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    /// <summary>Hands it to that scope, or to nobody for null.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        Open();
        if (disposable is Tensor t && t.OwningDisposeScope == this)
        {
            if (scope == null) Release(t);
            else
            {
                Forget(t);
                scope.Add(t);
            }
        }
        return disposable;
    }

    /// <inheritdoc cref="MoveToOther{T}(DisposeScope, T)"/>
    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second)
        where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second));

    /// <inheritdoc cref="MoveToOther{T}(DisposeScope, T)"/>
    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second), MoveToOther(scope, third));

    /// <inheritdoc cref="MoveToOther{T}(DisposeScope, T)"/>
    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) =>
        MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    /// <inheritdoc cref="MoveToOther{T}(DisposeScope, T)"/>
    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var d in disposables) MoveToOther<IDisposable>(scope, d);
    }

    /// <summary>Takes it out of every scope: the caller owns it from here on.</summary>
    public T Detach<T>(T disposable) where T : IDisposable => MoveToOther(null, disposable);

    /// <inheritdoc cref="Detach{T}(T)"/>
    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (Detach(first), Detach(second));

    /// <inheritdoc cref="Detach{T}(T)"/>
    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (Detach(first), Detach(second), Detach(third));

    /// <inheritdoc cref="Detach{T}(T)"/>
    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    /// <inheritdoc cref="Detach{T}(T)"/>
    public void Detach(IEnumerable<IDisposable> disposables) => MoveToOther(null, disposables);

    /// <summary>Takes ownership, from whichever scope had it.</summary>
    /// <exception cref="InvalidOperationException">Not a tensor.</exception>
    public void Attach(IDisposable disposable)
    {
        Open();
        if (disposable is not Tensor t) throw new InvalidOperationException("DisposeScope can only manage Tensor");
        if (t.OwningDisposeScope == this) return;
        t.OwningDisposeScope?.Forget(t);
        Add(t);
        manager!.Counts.TensorStatistics.AttachedToScopeCount++;
    }

    /// <inheritdoc cref="Attach(IDisposable)"/>
    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    /// <inheritdoc cref="Attach(IDisposable)"/>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var all = disposables.ToList();
        foreach (var d in all) Attach(d);
        return all;
    }

    /// <summary>Disposes all it owns.</summary>
    public void DisposeEverything() => DisposeEverythingBut(Enumerable.Empty<IDisposable>());

    /// <summary>Disposes all it owns but those.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        Open();
        var keep = inKeep.ToHashSet(ReferenceEqualityComparer.Instance);
        for (int i = used - 1; i >= 0; i--)
        {
            if (slots[i] is { } t && (keep.Count == 0 || !keep.Contains(t))) t.Dispose();
        }
    }

    /// <inheritdoc cref="DisposeEverythingBut(IEnumerable{IDisposable})"/>
    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    /// <inheritdoc cref="DisposeEverythingBut(IEnumerable{IDisposable})"/>
    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    /// <inheritdoc cref="DisposeEverythingBut(IEnumerable{IDisposable})"/>
    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    /// <inheritdoc cref="DisposeEverythingBut(IEnumerable{IDisposable})"/>
    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    /// <summary>Disposes all it owns and leaves the thread's stack of scopes.</summary>
    public void Dispose()
    {
        if (manager == null) return;
        DisposeEverything();
        manager.Close(this);
        manager = null;
    }

    /// <summary>Strikes a disposed object off the list.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        Open();
        if (disposable is Tensor t && t.OwningDisposeScope == this) Forget(t);
    }

    /// <summary>Whether it owns that.</summary>
    public bool Contains(IDisposable disposable) => disposable is Tensor t && t.OwningDisposeScope == this;

    internal void Add(Tensor t)
    {
        if (used == slots.Length) Grow();
        t.OwningDisposeScope = this;
        t.ScopeSlot = used;
        slots[used++] = t;
    }

    internal void Forget(Tensor t)
    {
        slots[t.ScopeSlot] = null;
        t.OwningDisposeScope = null;
        while (used > 0 && slots[used - 1] is null) used--;
    }

    private void Release(Tensor t)
    {
        Forget(t);
        manager!.Counts.TensorStatistics.DetachedFromScopeCount++;
    }

    /// <summary>Closes the gaps first: a scope that lives long must not grow with what has left it.</summary>
    private void Grow()
    {
        int n = 0;
        for (int i = 0; i < used; i++)
        {
            if (slots[i] is not { } t) continue;
            t.ScopeSlot = n;
            slots[n++] = t;
        }
        Array.Clear(slots, n, used - n);
        used = n;
        if (n > slots.Length / 2) Array.Resize(ref slots, slots.Length * 2);
    }

    private void Open() => ObjectDisposedException.ThrowIf(manager == null, this);
}
