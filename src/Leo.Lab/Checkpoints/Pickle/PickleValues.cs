namespace Leo.Lab.Checkpoints.Pickle;

// What a pickle may hold: these, null, bool, long, BigInteger, double, string and byte[]. Nothing here has behaviour.

/// <summary>A Python list.</summary>
internal sealed class PickleList : List<object?>;

/// <summary>A Python tuple, or a torch.Size.</summary>
internal sealed record PickleTuple(object?[] Items);

/// <summary>A dict, an OrderedDict, Lightning's AttributeDict or the attributes of an argparse.Namespace; keys are strings or whole numbers.</summary>
internal sealed class PickleDict(PickleDictKind kind) : OrderedDictionary<object, object?>
{
    internal PickleDictKind Kind { get; } = kind;
}

internal enum PickleDictKind
{
    Plain,
    Ordered,
    Namespace,
}

/// <summary>A name out of <see cref="AllowedGlobals"/>: a word of a fixed list, never looked up anywhere.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>A torch.device.</summary>
internal sealed record PickleDevice(string Name);
