using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

/// <summary>A dictionary that keeps the order of insertion.</summary>
public class OrderedDict<TKey, TValue> : IDictionary<TKey, TValue>, IList<(TKey, TValue)> where TKey : notnull
{
    private readonly List<(TKey, TValue)> list = [];
    private readonly Dictionary<TKey, TValue> dict = [];

    /// <summary>The value of a key; setting one that is there keeps its place.</summary>
    public TValue this[TKey key]
    {
        get => dict[key];
        set
        {
            if (TryAdd(key, value)) return;
            list[Find(key)] = (key, value);
            dict[key] = value;
        }
    }

    /// <summary>The entry at a place.</summary>
    public (TKey, TValue) this[int index]
    {
        get => list[index];
        set
        {
            var (key, _) = value;
            int at = Find(key);
            if (at >= 0 && at != index) throw new ArgumentException($"The key '{key}' is there already.", nameof(value));
            dict.Remove(list[index].Item1);
            list[index] = value;
            dict[key] = value.Item2;
        }
    }

    /// <summary>Always false.</summary>
    public bool IsReadOnly => false;

    /// <summary>Keys in order.</summary>
    public ICollection<TKey> Keys => list.ConvertAll(e => e.Item1);

    /// <summary>Values in order.</summary>
    public ICollection<TValue> Values => list.ConvertAll(e => e.Item2);

    /// <summary>Number of entries.</summary>
    public int Count => list.Count;

    /// <summary>Keys in order.</summary>
    public IEnumerable<TKey> keys() => Keys;

    /// <summary>Values in order.</summary>
    public IEnumerable<TValue> values() => Values;

    /// <summary>Entries in order.</summary>
    public IEnumerator<(TKey, TValue)> items() => list.GetEnumerator();

    /// <summary>Removes all.</summary>
    public void clear() => Clear();

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        list.Clear();
        dict.Clear();
    }

    /// <summary>Adds at the end.</summary>
    /// <exception cref="ArgumentException">The key is there already.</exception>
    public void Add(TKey key, TValue value)
    {
        dict.Add(key, value);
        list.Add((key, value));
    }

    /// <summary>Adds at the end.</summary>
    public void Add((TKey, TValue) item) => Add(item.Item1, item.Item2);

    /// <summary>Adds at the end.</summary>
    public void Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);

    /// <summary>Adds at a place.</summary>
    /// <exception cref="ArgumentException">The key is there already.</exception>
    public void Insert(int index, (TKey, TValue) item)
    {
        dict.Add(item.Item1, item.Item2);
        list.Insert(index, item);
    }

    /// <summary>Removes a key; false if it was not there.</summary>
    public bool Remove(TKey key)
    {
        if (!dict.Remove(key)) return false;
        list.RemoveAt(Find(key));
        return true;
    }

    /// <summary>Removes an entry; false if it was not there.</summary>
    public bool Remove((TKey, TValue) item) => Contains(item) && Remove(item.Item1);

    /// <summary>Removes an entry; false if it was not there.</summary>
    public bool Remove(KeyValuePair<TKey, TValue> item) => Remove((item.Key, item.Value));

    /// <summary>Removes the entry at a place.</summary>
    public void RemoveAt(int index)
    {
        dict.Remove(list[index].Item1);
        list.RemoveAt(index);
    }

    /// <summary>Is the key there?</summary>
    public bool ContainsKey(TKey key) => dict.ContainsKey(key);

    /// <summary>The value of a key, if it is there.</summary>
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => dict.TryGetValue(key, out value);

    /// <summary>Is the entry there?</summary>
    public bool Contains((TKey, TValue) item) => list.Contains(item);

    /// <summary>Is the entry there?</summary>
    public bool Contains(KeyValuePair<TKey, TValue> item) => list.Contains((item.Key, item.Value));

    /// <summary>The place of an entry, or -1.</summary>
    public int IndexOf((TKey, TValue) item) => list.IndexOf(item);

    /// <summary>Copies the entries in order.</summary>
    public void CopyTo((TKey, TValue)[] array, int arrayIndex) => list.CopyTo(array, arrayIndex);

    /// <summary>Copies the entries in order.</summary>
    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex)
    {
        foreach (var (key, value) in list) array[arrayIndex++] = new(key, value);
    }

    /// <summary>Entries in order.</summary>
    public IEnumerator<(TKey, TValue)> GetEnumerator() => list.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => list.GetEnumerator();

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator()
        => list.Select(e => new KeyValuePair<TKey, TValue>(e.Item1, e.Item2)).GetEnumerator();

    internal bool TryAdd(TKey key, TValue value)
    {
        if (!dict.TryAdd(key, value)) return false;
        list.Add((key, value));
        return true;
    }

    private int Find(TKey key) => list.FindIndex(e => EqualityComparer<TKey>.Default.Equals(e.Item1, key));
}
