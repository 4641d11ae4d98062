namespace Leo.Lab.Checkpoints.Pickle;

/// <summary>The storages that a pickle refers to by persistent id, each once however often it is named.</summary>
internal sealed class StorageTable
{
    private readonly Dictionary<string, StoredValues> _storages = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, StoredValues> All => _storages;

    /// <summary>The storage of <c>('storage', type, key, location, count[, view])</c>; null if the id is nothing of the kind.</summary>
    internal StorageView? Refer(object? id)
    {
        if (id is not PickleTuple { Items: ["storage", PickleGlobal type, string key, string, long count, ..] items }
            || items.Length > 6 || !AllowedGlobals.IsStorage(type, out var elements) || count < 0)
        {
            return null;
        }
        var storage = new StoredValues(key, elements, count);
        if (count > long.MaxValue / storage.ElementSize)
        {
            return null;
        }
        if (!_storages.TryAdd(key, storage))
        {
            var known = _storages[key];
            if (known.Type != elements || known.Count != count)
            {
                return null;
            }
            storage = known;
        }
        return items.Length == 5 || items[5] is null
            ? new StorageView(storage, 0, count)
            : items[5] is PickleTuple { Items: [string, long start, long length] } && start >= 0 && length >= 0 && start <= count && length <= count - start
                ? new StorageView(storage, start, length)
                : null;
    }
}
