using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Leo.Lab.Checkpoints.Pickle;

namespace Leo.Fuzz.Mutation;

/// <summary>Programs of pickle, put together from every opcode there is; each step knows which arguments an opcode takes.</summary>
internal sealed class PickleProgram(FuzzRandom random)
{
    private static readonly Opcode[] All = Enum.GetValues<Opcode>();

    private static readonly (string Module, string Name)[] Globals =
    [
        ("collections", "OrderedDict"), ("argparse", "Namespace"), ("torch._utils", "_rebuild_tensor"), ("torch._utils", "_rebuild_tensor_v2"), ("torch._utils", "_rebuild_parameter"),
        ("torch", "Size"), ("torch", "device"), ("torch", "FloatStorage"), ("torch", "LongStorage"), ("torch", "float32"), ("torch.storage", "UntypedStorage"),
        ("os", "system"), ("posix", "system"), ("builtins", "eval"), ("builtins", "getattr"), ("subprocess", "Popen"), ("torch", "load"), ("shutil", "rmtree"), ("", ""),
        ("torch\n", "x"), ("numpy.core.multiarray", "_reconstruct"),
    ];

    private readonly List<byte[]> _steps = [];

    /// <summary>Keys of the storages that the program's tensors use.</summary>
    public SortedSet<string> Storages { get; } = new(StringComparer.Ordinal);

    /// <summary>A program: a state dictionary, chance, or a bomb; often with steps swapped, repeated, lost or damaged.</summary>
    public byte[] Make()
    {
        _steps.Add([0x80, (byte)(random.Chance(0.9) ? 2 + random.Below(4) : random.Below(256))]);
        switch (random.Below(8))
        {
            case 0:
                Chance(random.Below(200));
                break;
            case 1:
                Bomb();
                break;
            default:
                StateDict();
                break;
        }
        for (int left = random.Chance(0.3) ? 0 : random.Below(4); left > 0; left--)
            Disturb();
        _steps.Add("."u8.ToArray());
        byte[] program = [.. _steps.SelectMany(s => s)];
        return random.Chance(0.1) ? ByteMutation.Apply(random, program) : program;
    }

    private void StateDict()
    {
        Op(Opcode.EMPTY_DICT);
        Op(Opcode.MARK);
        for (int i = 0, count = random.Below(5); i < count; i++)
        {
            Text(random.Chance(0.8) ? $"layer{i}.weight" : random.Pick(Hostile.Words));
            Value(0);
        }
        Op(Opcode.SETITEMS);
    }

    private void Value(int depth)
    {
        switch (random.Below(depth > 4 ? 6 : 9))
        {
            case 0 or 1 or 2:
                Tensor();
                break;
            case 3:
                Number(random.Number());
                break;
            case 4:
                Text(random.Pick(Hostile.Words));
                break;
            case 5:
                Op(random.Pick([Opcode.NONE, Opcode.NEWTRUE, Opcode.NEWFALSE, Opcode.EMPTY_TUPLE, Opcode.EMPTY_LIST, Opcode.EMPTY_DICT]));
                break;
            case 6:
                Op(Opcode.EMPTY_LIST);
                Op(Opcode.MARK);
                for (int left = random.Below(4); left > 0; left--) Value(depth + 1);
                Op(Opcode.APPENDS);
                break;
            case 7:
                Global("argparse", "Namespace");
                Op(Opcode.EMPTY_TUPLE);
                Op(Opcode.NEWOBJ);
                Op(Opcode.EMPTY_DICT);
                Text("size");
                Value(depth + 1);
                Op(Opcode.SETITEM);
                Op(Opcode.BUILD);
                break;
            default:
                Op(Opcode.MARK);
                for (int left = random.Below(4); left > 0; left--) Value(depth + 1);
                Op(Opcode.TUPLE);
                break;
        }
    }

    private void Tensor()
    {
        Global("torch._utils", "_rebuild_tensor_v2");
        Op(Opcode.MARK);
        Op(Opcode.MARK);
        Text("storage");
        Global("torch", random.Chance(0.95) ? "FloatStorage" : random.Pick(["LongStorage", "HalfStorage", "BoolStorage", "Tensor"]));
        string key = random.Chance(0.97) ? $"{random.Below(2)}" : random.Pick(Hostile.Words);
        Storages.Add(key);
        Text(key);
        Text("cpu");
        Number(random.Chance(0.97) ? 6 : random.Number());
        Op(Opcode.TUPLE);
        Op(Opcode.BINPERSID);
        Number(random.Chance(0.95) ? random.Below(2) : random.Number());
        Numbers(random.Chance(0.95) ? [2, 2] : [random.Number(), random.Number()]);
        Numbers(random.Chance(0.95) ? [2, 1] : [random.Number(), random.Number()]);
        Op(Opcode.NEWFALSE);
        Global("collections", "OrderedDict");
        Op(Opcode.EMPTY_TUPLE);
        Op(Opcode.REDUCE);
        Op(Opcode.TUPLE);
        Op(Opcode.REDUCE);
    }

    private void Bomb()
    {
        int many = random.Pick([10, 40, 1000, 100_000]);
        switch (random.Below(7))
        {
            case 0: // billion laughs: each list holds the one before, many times
                Op(Opcode.EMPTY_LIST);
                for (int i = 0; i < Math.Min(many, 40); i++)
                {
                    Steps(Opcode.BINPUT, (byte)i);
                    Op(Opcode.EMPTY_LIST);
                    Op(Opcode.MARK);
                    for (int j = 0; j < 10; j++) Steps(Opcode.BINGET, (byte)i);
                    Op(Opcode.APPENDS);
                }
                break;
            case 1: // into itself
                Op(random.Pick([Opcode.EMPTY_LIST, Opcode.EMPTY_DICT]));
                Steps(Opcode.BINPUT, 0);
                Steps(Opcode.BINGET, 0);
                Op(Opcode.APPEND);
                break;
            case 2: // memo entries
                for (int i = 0; i < many; i++)
                {
                    Op(Opcode.NONE);
                    Op(random.Chance(0.5) ? Opcode.MEMOIZE : Opcode.LONG_BINPUT);
                }
                break;
            case 3:
                for (int i = 0; i < many; i++) Op(Opcode.MARK);
                break;
            case 4: // depth
                for (int i = 0; i < many; i++) Op(Opcode.EMPTY_LIST);
                for (int i = 0; i < many; i++) Op(random.Chance(0.9) ? Opcode.APPEND : Opcode.TUPLE1);
                break;
            case 5: // one long text, again and again
                Op(Opcode.EMPTY_LIST);
                Text(new string('x', many));
                Steps(Opcode.BINPUT, 1);
                Op(Opcode.MARK);
                for (int i = 0; i < 1000; i++) Steps(Opcode.BINGET, 1);
                Op(Opcode.APPENDS);
                break;
            default:
                Tensor();
                for (int i = 0; i < Math.Min(many, 1000); i++) { Steps(Opcode.BINPUT, 2); Steps(Opcode.BINGET, 2); Op(Opcode.TUPLE2); }
                break;
        }
    }

    private void Chance(int count)
    {
        for (int i = 0; i < count; i++)
            Op(random.Pick(All));
    }

    private void Disturb()
    {
        int at = 1 + random.Below(Math.Max(1, _steps.Count - 1)), other = random.Below(_steps.Count);
        if (at >= _steps.Count)
            return;
        switch (random.Below(5))
        {
            case 0:
                _steps.RemoveAt(at);
                break;
            case 1:
                _steps.Insert(at, _steps[other]);
                break;
            case 2:
                (_steps[at], _steps[other]) = (_steps[other], _steps[at]);
                break;
            default:
                int before = _steps.Count;
                Op(random.Pick(All));
                byte[] made = _steps[before];
                _steps.RemoveAt(before);
                if (random.Chance(0.5)) _steps.Insert(at, made);
                else _steps[at] = made;
                break;
        }
    }

    private void Global(string module, string name) => _steps.Add(Encoding.UTF8.GetBytes($"c{module}\n{name}\n"));

    private void Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        _steps.Add([(byte)Opcode.BINUNICODE, .. Int32(utf8.Length), .. utf8]);
    }

    private void Number(long value) => _steps.Add(random.Chance(0.5) && value is >= 0 and < 256
        ? [(byte)Opcode.BININT1, (byte)value] : [(byte)Opcode.LONG1, 8, .. Int64(value)]);

    private void Numbers(long[] values)
    {
        Op(Opcode.MARK);
        foreach (long value in values) Number(value);
        Op(Opcode.TUPLE);
    }

    private void Steps(Opcode opcode, byte argument) => _steps.Add([(byte)opcode, argument]);

    // An opcode with arguments of the form that it takes, plausible or not.
    private void Op(Opcode opcode) => _steps.Add([(byte)opcode, .. opcode switch
    {
        Opcode.BININT1 or Opcode.BINPUT or Opcode.BINGET or Opcode.PROTO or Opcode.EXT1 => random.Bytes(1),
        Opcode.BININT2 or Opcode.EXT2 => random.Bytes(2),
        Opcode.BININT or Opcode.EXT4 => random.Bytes(4),
        Opcode.LONG_BINPUT or Opcode.LONG_BINGET => Int32(random.Chance(0.8) ? random.Below(5) : (int)random.Number()),
        Opcode.BINFLOAT => random.Bytes(8),
        Opcode.FRAME => Int64(random.Chance(0.5) ? random.Below(40) : random.Number()),
        Opcode.LONG1 or Opcode.SHORT_BINSTRING or Opcode.SHORT_BINBYTES or Opcode.SHORT_BINUNICODE => Sized(1),
        Opcode.LONG4 or Opcode.BINSTRING or Opcode.BINBYTES or Opcode.BINUNICODE => Sized(4),
        Opcode.BINUNICODE8 or Opcode.BINBYTES8 or Opcode.BYTEARRAY8 => Sized(8),
        Opcode.INT or Opcode.LONG or Opcode.FLOAT or Opcode.GET or Opcode.PUT => Encoding.UTF8.GetBytes(random.Number().ToString(CultureInfo.InvariantCulture) + random.Pick(["\n", "L\n", ""])),
        Opcode.STRING or Opcode.UNICODE or Opcode.PERSID => Encoding.UTF8.GetBytes($"'{random.Pick(Hostile.Words)}'\n"),
        Opcode.GLOBAL or Opcode.INST => Line(random.Pick(Globals)),
        _ => [],
    }]);

    private static byte[] Line((string Module, string Name) global) => Encoding.UTF8.GetBytes($"{global.Module}\n{global.Name}\n");

    private byte[] Sized(int width)
    {
        byte[] data = random.Bytes(random.Below(9));
        long length = random.Chance(0.8) ? data.Length : random.Number();
        return [.. Int64(length)[..width], .. data];
    }

    private static byte[] Int32(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Int64(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
