using Leo.Lab.Checkpoints.Pickle;

namespace Leo.Lab.Checkpoints.PyTorch;

/// <summary>Gives nested dicts, lists and namespaces flat names: <c>gen.enc.fc.0.weight</c>, <c>args.size</c>.</summary>
/// <remarks>
/// A pickle may refer to one
/// value many times and to itself, so that the tree can be far larger than the file: depth, size and names are bounded.
/// </remarks>
internal sealed class StateTree
{
    private const int MostNodes = 500_000, Deepest = 32, LongestName = 400, LongestText = 1 << 20, LongestNames = 8 << 20;

    private readonly string _file;
    private int _nodes;
    private long _text, _names;

    private StateTree(string file) => _file = file;

    /// <summary>Tensors by name, in the order of the file.</summary>
    internal OrderedDictionary<string, StoredTensor> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>Everything else – numbers, texts and lists of them – as Python prints it.</summary>
    internal Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    internal static StateTree Flatten(string file, object? saved)
    {
        var tree = new StateTree(file);
        tree.Visit(saved is PickleDict or PickleList or PickleTuple ? "" : "tensor", saved, 0);
        return tree;
    }

    private void Visit(string name, object? node, int depth)
    {
        Count(name, depth);
        switch (node)
        {
            case StoredTensor tensor:
                Add(Tensors, name, tensor);
                break;
            case StorageView view:
                Add(Tensors, name, StoredTensor.Make(view, 0, [view.Count], [1]).Tensor!);
                break;
            case PickleDict dict:
                foreach (var (key, value) in dict)
                {
                    Visit(Join(name, PickleText.Of(key)), value, depth + 1);
                }
                break;
            case PickleList list:
                Items(name, list, depth);
                break;
            case PickleTuple tuple:
                Items(name, tuple.Items, depth);
                break;
            default:
                Add(Values, name, Keep(PickleText.Of(node)));
                break;
        }
    }

    // A list of numbers is one value; a list that holds tensors or dicts is numbered.
    private void Items(string name, IReadOnlyList<object?> items, int depth)
    {
        if (!items.Any(i => i is StoredTensor or StorageView or PickleDict or PickleList or PickleTuple))
        {
            _nodes += items.Count;
            Count(name, depth);
            Add(Values, name.Length > 0 ? name : "list", $"[{string.Join(", ", items.Select(i => Keep(PickleText.Of(i))))}]");
            return;
        }
        for (int i = 0; i < items.Count; i++)
        {
            Visit(Join(name, PickleText.Of((long)i)), items[i], depth + 1);
        }
    }

    private void Add<T>(IDictionary<string, T> target, string name, T value)
    {
        if (Tensors.ContainsKey(name) || !target.TryAdd(name, value))
        {
            throw Refused("expected each name once, found two of them", name);
        }
    }

    private void Count(string name, int depth)
    {
        _names += name.Length;
        if (++_nodes > MostNodes || depth > Deepest || name.Length > LongestName || _names > LongestNames)
        {
            throw Refused($"expected at most {MostNodes} values, {Deepest} levels, and {LongestName} letters of a name, {LongestNames} of all, found more", name);
        }
    }

    private string Keep(string text) => (_text += text.Length) <= LongestText
        ? text
        : throw Refused($"expected at most {LongestText} letters of text beside the tensors, found more", "");

    private static string Join(string name, string child) => name.Length == 0 ? child : $"{name}.{child}";

    private CheckpointException Refused(string problem, string name) =>
        new(_file, problem, "Save a state_dict() alone", name.Length > 0 ? name : null);
}
