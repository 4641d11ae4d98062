using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// A dictionary of modules that keeps their order. They are registered when the dictionary is: fill it before the
/// parent's <c>RegisterComponents</c>.
/// </summary>
public class ModuleDict<T> : nn.Module, IDictionary<string, T>, IList<(string, T)> where T : nn.Module
{
    private readonly OrderedDict<string, T> dict = new();
    private bool registered;

    /// <summary>Empty.</summary>
    public ModuleDict() : base("ModuleDict") { }

    /// <summary>What is under a key.</summary>
    public T this[string key]
    {
        get => dict[key];
        set => dict[key] = value;
    }

    /// <summary>The entry at a place.</summary>
    public (string, T) this[int index]
    {
        get => dict[index];
        set => dict[index] = value;
    }

    /// <summary>Always false.</summary>
    public bool IsReadOnly => false;

    /// <summary>Keys in order.</summary>
    public ICollection<string> Keys => dict.Keys;

    /// <summary>Values in order.</summary>
    public ICollection<T> Values => dict.Values;

    /// <summary>Number of entries.</summary>
    public int Count => dict.Count;

    /// <summary>Removes all.</summary>
    public void clear() => dict.Clear();

    /// <summary>Entries in order.</summary>
    public IEnumerator<(string, T)> items() => dict.items();

    /// <summary>Keys in order.</summary>
    public IEnumerable<string> keys() => dict.keys();

    /// <summary>Values in order.</summary>
    public IEnumerable<T> values() => dict.values();

    /// <summary>Adds at the end.</summary>
    public void Add((string, T) item) => dict.Add(item);

    /// <summary>Adds at the end.</summary>
    public void Add(string key, T value) => dict.Add(key, value);

    /// <summary>Adds at the end.</summary>
    public void Add(KeyValuePair<string, T> item) => dict.Add(item);

    /// <summary>Is the entry there?</summary>
    public bool Contains((string, T) item) => dict.Contains(item);

    /// <summary>Is the entry there?</summary>
    public bool Contains(KeyValuePair<string, T> item) => dict.Contains(item);

    /// <summary>Copies the entries in order.</summary>
    public void CopyTo((string, T)[] array, int arrayIndex) => dict.CopyTo(array, arrayIndex);

    /// <summary>Copies the entries in order.</summary>
    public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => dict.CopyTo(array, arrayIndex);

    /// <summary>The place of an entry, or -1.</summary>
    public int IndexOf((string, T) item) => dict.IndexOf(item);

    /// <summary>Adds at a place.</summary>
    public void Insert(int index, (string, T) item) => dict.Insert(index, item);

    /// <summary>Removes; false if it was not there.</summary>
    public bool Remove((string, T) item) => dict.Remove(item);

    /// <summary>Removes; false if it was not there.</summary>
    public bool Remove(string key) => dict.Remove(key);

    /// <summary>Removes; false if it was not there.</summary>
    public bool Remove(KeyValuePair<string, T> item) => dict.Remove(item);

    /// <summary>Removes what is at a place.</summary>
    public void RemoveAt(int index) => dict.RemoveAt(index);

    /// <summary>Is the key there?</summary>
    public bool ContainsKey(string key) => dict.ContainsKey(key);

    /// <summary>What is under a key, if anything.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => dict.TryGetValue(key, out value);

    /// <summary>Removes all.</summary>
    public void Clear() => dict.Clear();

    /// <summary>Entries in order.</summary>
    public IEnumerator<(string, T)> GetEnumerator() => dict.GetEnumerator();

    IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator()
        => ((IEnumerable<KeyValuePair<string, T>>)dict).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => dict.GetEnumerator();

    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
        if (registered) return;
        foreach (var (key, value) in dict) register_module(key, value);
        registered = true;
    }
}
