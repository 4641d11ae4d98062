namespace Leo.Lab.Checkpoints.Pickle;

/// <summary>
/// Reads one pickle that torch.save wrote, and refuses every other. It runs nothing: the few callables that may be named
/// (<see cref="AllowedGlobals"/>) are recognised as words and turned into descriptions of tensors.
/// </summary>
/// <param name="reader">Stands at the pickle's first byte; afterwards behind its last.</param>
/// <param name="storages">Takes down the storages that are referred to.</param>
/// <remarks>
/// No recursion and no allocation by a length that was not checked against the file. Each opcode makes at most one
/// object, so <see cref="MostOpcodes"/> bounds the memory, whatever the memo refers to.
/// </remarks>
internal sealed class Unpickler(ByteReader reader, StorageTable storages)
{
    /// <summary>Ten times what LIA's checkpoint with its optimisers takes.</summary>
    internal const int MostOpcodes = 2_000_000;

    private const string Trusted =
        "Only checkpoints of plain tensors are read; where the file is trusted, load it in Python and save its state_dict() alone";

    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<long, object?> _memo = [];
    private long _at;

    private int Bottom => _marks.Count > 0 ? _marks.Peek() : 0;

    /// <summary>The value.</summary>
    /// <exception cref="CheckpointException">Something that is not allowed, named with its byte; or a damaged pickle.</exception>
    internal object? Load()
    {
        for (int count = 0; count < MostOpcodes; count++)
        {
            _at = reader.Position;
            var opcode = (Opcode)reader.ReadByte();
            if (opcode == Opcode.STOP)
            {
                object? value = Pop();
                return _stack.Count == 0 && _marks.Count == 0 ? value : throw Damaged("values left over");
            }
            Run(opcode);
        }
        throw Refused($"more than {MostOpcodes} opcodes");
    }

    private void Run(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.PROTO:
                byte protocol = reader.ReadByte();
                if (protocol > 5)
                {
                    throw Refused($"protocol {protocol}");
                }
                break;
            case Opcode.FRAME:
                if (reader.ReadInt64() is var frame && (frame < 0 || frame > reader.Remaining))
                {
                    throw Damaged($"a frame of {(ulong)frame} bytes");
                }
                break;
            case Opcode.MARK:
                _marks.Push(_stack.Count);
                break;
            case Opcode.EMPTY_DICT:
                _stack.Add(new PickleDict(PickleDictKind.Plain));
                break;
            case Opcode.EMPTY_LIST:
                _stack.Add(new PickleList());
                break;
            case Opcode.EMPTY_TUPLE:
                _stack.Add(new PickleTuple([]));
                break;
            case Opcode.TUPLE1 or Opcode.TUPLE2 or Opcode.TUPLE3:
                _stack.Add(new PickleTuple(Take(opcode - Opcode.TUPLE1 + 1)));
                break;
            case Opcode.TUPLE:
                _stack.Add(new PickleTuple(TakeToMark()));
                break;
            case Opcode.APPEND:
                object? item = Pop();
                List().Add(item);
                break;
            case Opcode.APPENDS:
                object?[] items = TakeToMark();
                List().AddRange(items);
                break;
            case Opcode.SETITEM:
                Set(Take(2));
                break;
            case Opcode.SETITEMS:
                Set(TakeToMark());
                break;
            case Opcode.BINPUT:
                _memo[reader.ReadByte()] = Top();
                break;
            case Opcode.LONG_BINPUT:
                _memo[(uint)reader.ReadInt32()] = Top();
                break;
            case Opcode.MEMOIZE:
                _memo[_memo.Count] = Top();
                break;
            case Opcode.BINGET:
                Recall(reader.ReadByte());
                break;
            case Opcode.LONG_BINGET:
                Recall((uint)reader.ReadInt32());
                break;
            case Opcode.GLOBAL:
                Name(PickleScalars.Line(reader), PickleScalars.Line(reader));
                break;
            case Opcode.STACK_GLOBAL:
                object?[] names = Take(2);
                Name(names[0] as string ?? throw Damaged("a global without a name"), names[1] as string ?? throw Damaged("a global without a name"));
                break;
            case Opcode.BINPERSID:
                object? id = Pop();
                _stack.Add(storages.Refer(id) ?? throw Refused("the persistent id of something that is not a storage (BINPERSID)"));
                break;
            case Opcode.REDUCE:
                object?[] call = Take(2);
                _stack.Add(Call(opcode, call[0], call[1]));
                break;
            case Opcode.NEWOBJ:
                object?[] made = Take(2);
                _stack.Add(made[0] is PickleGlobal type && (type == AllowedGlobals.Namespace || AllowedGlobals.IsAttributeDict(type)) ? Call(opcode, made[0], made[1]) : throw Refused($"the opcode {opcode}"));
                break;
            case Opcode.BUILD:
                object? state = Pop();
                Build(state);
                break;
            default:
                _stack.Add(PickleScalars.TryRead(opcode, reader, out object? scalar) ? scalar : throw Refused($"the opcode {NameOf(opcode)}"));
                break;
        }
    }

    private void Name(string module, string name)
    {
        var global = new PickleGlobal(module, name);
        _stack.Add(AllowedGlobals.Contains(global) ? global : throw Refused($"the global '{Shorten(global.ToString())}'"));
    }

    private object? Call(Opcode opcode, object? callee, object? arguments)
    {
        if (callee is not PickleGlobal global || arguments is not PickleTuple tuple)
        {
            throw Refused($"a call of something that is not a global ({opcode})");
        }
        (object? result, string? problem) = PickleCalls.Call(global, tuple.Items);
        return problem is null ? result : throw Damaged($"{global}: {problem}");
    }

    // State of an OrderedDict is the _metadata of state_dict(), versions of layers, which weights do not need.
    private void Build(object? state)
    {
        if (Top() is not PickleDict { Kind: not PickleDictKind.Plain } target || state is not PickleDict attributes)
        {
            throw Refused("the state of something that is neither an OrderedDict nor a Namespace (BUILD)");
        }
        if (target.Kind == PickleDictKind.Namespace)
        {
            foreach (var (key, value) in attributes)
            {
                target[key] = value;
            }
        }
    }

    private void Set(object?[] pairs)
    {
        if (Top() is not PickleDict { Kind: not PickleDictKind.Namespace } dict || pairs.Length % 2 != 0)
        {
            throw Damaged("items for something that is not a dict");
        }
        for (int i = 0; i < pairs.Length; i += 2)
        {
            dict[pairs[i] is string or long ? pairs[i]! : throw Refused("a dict key that is neither text nor a whole number")] = pairs[i + 1];
        }
    }

    private PickleList List() => Top() as PickleList ?? throw Damaged("items for something that is not a list");

    private void Recall(long index) =>
        _stack.Add(_memo.TryGetValue(index, out object? value) ? value : throw Damaged($"a memo entry {index} that was never made"));

    private object? Top() => _stack.Count > Bottom ? _stack[^1] : throw Damaged("too few values");

    private object? Pop()
    {
        object? value = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] Take(int count)
    {
        if (_stack.Count - count < Bottom)
        {
            throw Damaged("too few values");
        }
        object?[] items = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private object?[] TakeToMark()
    {
        if (_marks.Count == 0)
        {
            throw Damaged("no mark");
        }
        object?[] items = Take(_stack.Count - _marks.Peek());
        _marks.Pop();
        return items;
    }

    private static string NameOf(Opcode opcode) => Enum.IsDefined(opcode) ? opcode.ToString() : $"0x{(byte)opcode:x2}";

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..97] + "...";

    private CheckpointException Refused(string what) => reader.Fault($"expected tensors and plain values, found {what}", _at, Trusted);

    private CheckpointException Damaged(string what) => reader.Fault($"expected a pickle by torch.save, found {what}", _at);
}
