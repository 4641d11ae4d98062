using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// A list of modules, named by their places. They are registered when the list is: fill it before the parent's
/// <c>RegisterComponents</c>.
/// </summary>
public class ModuleList<T> : nn.Module, IList<T> where T : nn.Module
{
    private readonly List<T> list = [];
    private bool registered;

    /// <summary>With these modules.</summary>
    public ModuleList(params T[] modules) : base(nameof(ModuleList<T>)) => append(modules);

    /// <summary>The module at a place.</summary>
    public T this[int index]
    {
        get => list[index];
        set => list[index] = value;
    }

    /// <summary>Number of modules.</summary>
    public int Count => list.Count;

    /// <summary>Always false.</summary>
    public bool IsReadOnly => false;

    /// <summary>Adds at the end.</summary>
    public void Add(T item) => list.Add(item);

    /// <summary>Adds at the end.</summary>
    public void append(params T[] parameters) => list.AddRange(parameters ?? []);

    /// <summary>Adds at the end.</summary>
    public void extend(IEnumerable<T> modules) => list.AddRange(modules);

    /// <summary>Removes all.</summary>
    public void Clear() => list.Clear();

    /// <summary>Is it in the list?</summary>
    public bool Contains(T item) => list.Contains(item);

    /// <summary>Copies the modules in order.</summary>
    public void CopyTo(T[] array, int arrayIndex) => list.CopyTo(array, arrayIndex);

    /// <summary>The modules in order.</summary>
    public IEnumerator<T> GetEnumerator() => list.GetEnumerator();

    /// <summary>Its place, or -1.</summary>
    public int IndexOf(T item) => list.IndexOf(item);

    /// <summary>Adds at a place.</summary>
    public void Insert(int index, T item) => list.Insert(index, item);

    /// <summary>Removes; false if it was not there.</summary>
    public bool Remove(T item) => list.Remove(item);

    /// <summary>Removes what is at a place.</summary>
    public void RemoveAt(int index) => list.RemoveAt(index);

    IEnumerator IEnumerable.GetEnumerator() => list.GetEnumerator();

    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
        if (registered) return;
        for (int i = 0; i < list.Count; i++) register_module(i.ToString(), list[i]);
        registered = true;
    }
}
