using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// A dictionary of parameters that keeps their order. They are registered when the dictionary is: fill it before the
/// parent's <c>RegisterComponents</c>.
/// </summary>
public class ParameterDict : nn.Module, IDictionary<string, Parameter>, IList<(string, Parameter)>
{
    private readonly OrderedDict<string, Parameter> dict = new();
    private bool registered;

    /// <summary>Empty.</summary>
    public ParameterDict() : base("ParameterDict") { }

    /// <summary>What is under a key.</summary>
    public Parameter this[string key]
    {
        get => dict[key];
        set => dict[key] = value;
    }

    /// <summary>The entry at a place.</summary>
    public (string, Parameter) this[int index]
    {
        get => dict[index];
        set => dict[index] = value;
    }

    /// <summary>Always false.</summary>
    public bool IsReadOnly => false;

    /// <summary>Keys in order.</summary>
    public ICollection<string> Keys => dict.Keys;

    /// <summary>Values in order.</summary>
    public ICollection<Parameter> Values => dict.Values;

    /// <summary>Number of entries.</summary>
    public int Count => dict.Count;

    /// <summary>Removes all.</summary>
    public void clear() => dict.Clear();

    /// <summary>Entries in order.</summary>
    public IEnumerator<(string, Parameter)> items() => dict.items();

    /// <summary>Keys in order.</summary>
    public IEnumerable<string> keys() => dict.keys();

    /// <summary>Values in order.</summary>
    public IEnumerable<Parameter> values() => dict.values();

    /// <summary>Adds at the end.</summary>
    public void Add((string, Parameter) item) => dict.Add(item);

    /// <summary>Adds at the end.</summary>
    public void Add(string key, Parameter value) => dict.Add(key, value);

    /// <summary>Adds at the end.</summary>
    public void Add(KeyValuePair<string, Parameter> item) => dict.Add(item);

    /// <summary>Is the entry there?</summary>
    public bool Contains((string, Parameter) item) => dict.Contains(item);

    /// <summary>Is the entry there?</summary>
    public bool Contains(KeyValuePair<string, Parameter> item) => dict.Contains(item);

    /// <summary>Copies the entries in order.</summary>
    public void CopyTo((string, Parameter)[] array, int arrayIndex) => dict.CopyTo(array, arrayIndex);

    /// <summary>Copies the entries in order.</summary>
    public void CopyTo(KeyValuePair<string, Parameter>[] array, int arrayIndex) => dict.CopyTo(array, arrayIndex);

    /// <summary>The place of an entry, or -1.</summary>
    public int IndexOf((string, Parameter) item) => dict.IndexOf(item);

    /// <summary>Adds at a place.</summary>
    public void Insert(int index, (string, Parameter) item) => dict.Insert(index, item);

    /// <summary>Removes; false if it was not there.</summary>
    public bool Remove((string, Parameter) item) => dict.Remove(item);

    /// <summary>Removes; false if it was not there.</summary>
    public bool Remove(string key) => dict.Remove(key);

    /// <summary>Removes; false if it was not there.</summary>
    public bool Remove(KeyValuePair<string, Parameter> item) => dict.Remove(item);

    /// <summary>Removes what is at a place.</summary>
    public void RemoveAt(int index) => dict.RemoveAt(index);

    /// <summary>Is the key there?</summary>
    public bool ContainsKey(string key) => dict.ContainsKey(key);

    /// <summary>What is under a key, if anything.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Parameter value) => dict.TryGetValue(key, out value);

    /// <summary>Removes all.</summary>
    public void Clear() => dict.Clear();

    /// <summary>Entries in order.</summary>
    public IEnumerator<(string, Parameter)> GetEnumerator() => dict.GetEnumerator();

    IEnumerator<KeyValuePair<string, Parameter>> IEnumerable<KeyValuePair<string, Parameter>>.GetEnumerator()
        => ((IEnumerable<KeyValuePair<string, Parameter>>)dict).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => dict.GetEnumerator();

    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
        if (registered) return;
        foreach (var (key, value) in dict) register_parameter(key, value);
        registered = true;
    }

    /// <inheritdoc/>
    public override bool has_parameter(string target) => dict.ContainsKey(target);

    /// <inheritdoc/>
    public override Parameter? get_parameter(string target) => dict.TryGetValue(target, out var p) ? p : null;

    /// <summary>The parameters with their keys.</summary>
    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse) => dict;
}
