using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A chain of modules of any kind that takes four arguments; the derived class says how the modules are joined.</summary>
public abstract class Sequential<T1, T2, T3, T4, TResult> : nn.Module<T1, T2, T3, T4, TResult>
{
    /// <summary>For derived classes: with these modules, named.</summary>
    protected Sequential(params (string name, nn.Module submodule)[] modules) : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) Add(name, module);
    }

    /// <summary>For derived classes: with these modules, named by their places.</summary>
    protected Sequential(params nn.Module[] modules) : base(nameof(Sequential))
    {
        foreach (var module in modules) Add(module);
    }

    /// <summary>Number of modules.</summary>
    public int Count => _internal_submodules.Count;

    /// <summary>The module at a place.</summary>
    [IndexerName("SequentialItems")]
    public nn.Module this[int index] => _internal_submodules[index].Item2;

    /// <summary>The modules from start to end, which is not included.</summary>
    [IndexerName("SequentialItems")]
    public Sequential<T1, T2, T3, T4, TResult> this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    /// <summary>The modules of a range.</summary>
    [IndexerName("SequentialItems")]
    public Sequential<T1, T2, T3, T4, TResult> this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    /// <summary>Adds a module at the end, under a name of its own.</summary>
    public Sequential<T1, T2, T3, T4, TResult> append(string name, nn.Module module)
    {
        Add(name, module);
        return this;
    }

    /// <summary>Adds a module at the end, named by its place.</summary>
    public Sequential<T1, T2, T3, T4, TResult> append(nn.Module module)
    {
        Add(module);
        return this;
    }

    /// <summary>Adds a module at the end, under a name of its own.</summary>
    protected internal void Add(string name, nn.Module sm) => _internal_submodules.Add(name, sm);

    /// <summary>Adds a module at the end, named by its place.</summary>
    protected internal void Add(nn.Module module) => Add(Count.ToString(), module);

    /// <summary>Some of the modules; the derived class makes it, as only it knows its own constructor.</summary>
    /// <exception cref="NotSupportedException">The derived class does not.</exception>
    protected virtual Sequential<T1, T2, T3, T4, TResult> Slice(int start, int end)
        => throw new NotSupportedException($"{GetName()} cannot be sliced.");

    /// <summary>Nothing to do: a chain holds what was appended, nothing else.</summary>
    protected override void RegisterComponents() { }
}
