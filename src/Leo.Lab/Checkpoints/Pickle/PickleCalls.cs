using System.Globalization;

namespace Leo.Lab.Checkpoints.Pickle;

/// <summary>What the allowed callables give, described instead of called.</summary>
internal static class PickleCalls
{
    /// <summary>The value, or what is wrong with the arguments.</summary>
    internal static (object? Value, string? Problem) Call(PickleGlobal global, object?[] arguments)
    {
        if (global == AllowedGlobals.OrderedDict)
        {
            return Ordered(arguments);
        }
        if (global == AllowedGlobals.Namespace)
        {
            return arguments.Length == 0 ? (new PickleDict(PickleDictKind.Namespace), null) : (null, "expected no arguments");
        }
        if (AllowedGlobals.IsAttributeDict(global))
        {
            return arguments.Length == 0 ? (new PickleDict(PickleDictKind.Ordered), null) : (null, "expected no arguments");
        }
        if (global == AllowedGlobals.Size)
        {
            return arguments is [PickleTuple lengths] && Whole(lengths) is not null ? (lengths, null) : (null, "expected a tuple of whole numbers");
        }
        if (global == AllowedGlobals.Device)
        {
            return arguments switch
            {
                [string type] => (new PickleDevice(type), null),
                [string type, long index] => (new PickleDevice($"{type}:{index.ToString(CultureInfo.InvariantCulture)}"), null),
                _ => (null, "expected a name and a number"),
            };
        }
        if (global == AllowedGlobals.RebuildParameter)
        {
            // (data, requires_grad, backward hooks)
            return arguments is [StoredTensor data, bool, ..] ? (data, null) : (null, "expected a tensor");
        }
        if (global == AllowedGlobals.RebuildTensor || global == AllowedGlobals.RebuildTensorV2)
        {
            return Tensor(arguments);
        }
        return (null, "this name cannot be called");
    }

    // (storage, offset, size, stride[, requires_grad, backward hooks[, metadata]])
    private static (object? Value, string? Problem) Tensor(object?[] arguments)
    {
        if (arguments.Length < 4 || arguments[0] is not StorageView view)
        {
            return (null, "expected a storage, an offset, lengths and strides");
        }
        if (arguments[1] is not long offset || arguments[2] is not PickleTuple size || arguments[3] is not PickleTuple stride
            || Whole(size) is not { } shape || Whole(stride) is not { } strides)
        {
            return (null, "expected whole numbers as offset, lengths and strides");
        }
        return StoredTensor.Make(view, offset, shape, strides);
    }

    // Python 2 wrote the items as an argument, Python 3 sets them afterwards.
    private static (object? Value, string? Problem) Ordered(object?[] arguments)
    {
        var dict = new PickleDict(PickleDictKind.Ordered);
        if (arguments is [PickleList items])
        {
            foreach (object? item in items)
            {
                if (item is not PickleList { Count: 2 } pair || pair[0] is not (string or long))
                {
                    return (null, "expected pairs of a key and a value");
                }
                dict[pair[0]!] = pair[1];
            }
            return (dict, null);
        }
        return arguments.Length == 0 ? (dict, null) : (null, "expected pairs of a key and a value");
    }

    private static long[]? Whole(PickleTuple tuple) =>
        tuple.Items.All(i => i is long) ? [.. tuple.Items.Select(i => (long)i!)] : null;
}
