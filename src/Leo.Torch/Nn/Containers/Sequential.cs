using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules that run one after another. Their names are those given, or their places.</summary>
public class Sequential : nn.Module<Tensor, Tensor>
{
    internal Sequential() : base(nameof(Sequential)) { }

    /// <summary>For derived classes: with these modules, named.</summary>
    protected Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : this()
    {
        foreach (var (name, module) in modules) Add(name, module);
    }

    /// <summary>For derived classes: with these modules, named by their places.</summary>
    protected Sequential(params nn.Module<Tensor, Tensor>[] modules) : this()
    {
        foreach (var module in modules) Add(module);
    }

    /// <summary>Number of modules.</summary>
    public int Count => _internal_submodules.Count;

    /// <summary>The module at a place.</summary>
    [IndexerName("SequentialItems")]
    public nn.IModule<Tensor, Tensor> this[int index] => (nn.IModule<Tensor, Tensor>)_internal_submodules[index].Item2;

    /// <summary>The modules from start to end, which is not included; they are shared, not copied.</summary>
    [IndexerName("SequentialItems")]
    public Sequential this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    /// <summary>The modules of a range; they are shared, not copied.</summary>
    [IndexerName("SequentialItems")]
    public Sequential this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    /// <summary>Adds a module at the end, under a name of its own.</summary>
    public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
    {
        Add(name, module);
        return this;
    }

    /// <summary>Adds a module at the end, named by its place.</summary>
    public Sequential append(nn.IModule<Tensor, Tensor> module)
    {
        Add(module);
        return this;
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor)
    {
        if (Count == 0) return tensor.alias();
        var result = this[0].call(tensor);
        for (int i = 1; i < Count; i++)
        {
            // What only the next module reads is freed at once; autograd keeps what it needs.
            using var input = result;
            result = this[i].call(input);
        }
        return result;
    }

    /// <summary>Nothing to do: a Sequential holds what was appended, nothing else.</summary>
    protected override void RegisterComponents() { }

    internal void Add(nn.IModule<Tensor, Tensor> module) => Add(Count.ToString(), module);

    internal void Add(string name, nn.IModule<Tensor, Tensor> module) => _internal_submodules.Add(name, (nn.Module)module);

    private Sequential Slice(int start, int end)
    {
        if (start < 0 || start > Count) throw new IndexOutOfRangeException($"{start} is no place in a Sequential of {Count} modules.");
        if (end < 0 || end > Count) throw new IndexOutOfRangeException($"{end} is no place in a Sequential of {Count} modules.");
        var slice = new Sequential();
        for (int i = start; i < end; i++)
        {
            var (name, module) = _internal_submodules[i];
            slice.Add(name, (nn.IModule<Tensor, Tensor>)module);
        }
        return slice;
    }
}
