using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// An ATen operator by its schema name, such as <c>aten::add.Tensor</c>, looked up once, at its first call: keep it in a static field.
/// </summary>
internal sealed unsafe class Op(string name)
{
    private const int MaxArgs = 32, ScratchBytes = 1024;

    private static readonly ConcurrentDictionary<string, Op> Cache = new();
    private nint handle;
    private string[]? argumentNames;

    /// <summary>The operator of that name, cached.</summary>
    public static Op Get(string name) => Cache.TryGetValue(name, out var op) ? op : Cache.GetOrAdd(name, static n => new Op(n));

    /// <summary>The whole signature as libtorch writes it.</summary>
    public string Schema => Native.Utf8(Native.lt_op_schema(Handle));

    private nint Handle => handle != 0 ? handle : Find();

    private nint Find()
    {
        int dot = name.IndexOf('.');
        nint found;
        Native.Check(Native.lt_op_find(dot < 0 ? name : name[..dot], dot < 0 ? "" : name[(dot + 1)..], &found));
        return handle = found;
    }

    /// <summary>The one tensor an operator returns.</summary>
    public static Tensor Call(Op op, params ReadOnlySpan<Arg> args)
    {
        Val v;
        int n = op.Run(args, &v, 1);
        return n == 1 && v.Tag == Tag.Tensor ? new Tensor(v.P) : throw op.Unexpected(n, v.Tag);
    }

    /// <inheritdoc cref="Call(Op, ReadOnlySpan{Arg})"/>
    public static Tensor Call(string op, params ReadOnlySpan<Arg> args) => Call(Get(op), args);

    /// <summary>The two tensors an operator returns.</summary>
    public static (Tensor, Tensor) Call2(Op op, params ReadOnlySpan<Arg> args)
    {
        Val* v = stackalloc Val[2];
        int n = op.Run(args, v, 2);
        return n == 2 ? (new Tensor(v[0].P), new Tensor(v[1].P)) : throw op.Unexpected(n, v[0].Tag);
    }

    /// <summary>The three tensors an operator returns.</summary>
    public static (Tensor, Tensor, Tensor) Call3(Op op, params ReadOnlySpan<Arg> args)
    {
        Val* v = stackalloc Val[3];
        int n = op.Run(args, v, 3);
        return n == 3 ? (new Tensor(v[0].P), new Tensor(v[1].P), new Tensor(v[2].P)) : throw op.Unexpected(n, v[0].Tag);
    }

    /// <summary>The list of tensors an operator returns.</summary>
    public static Tensor[] CallList(Op op, params ReadOnlySpan<Arg> args)
    {
        Val v;
        int n = op.Run(args, &v, 1);
        return n == 1 && v.Tag == Tag.Tensors ? TakeTensors(v) : throw op.Unexpected(n, v.Tag);
    }

    /// <summary>The truth an operator returns.</summary>
    public static bool CallBool(Op op, params ReadOnlySpan<Arg> args)
    {
        Val v;
        int n = op.Run(args, &v, 1);
        return n == 1 && v.Tag == Tag.Bool ? v.I != 0 : throw op.Unexpected(n, v.Tag);
    }

    /// <summary>For in-place operators: results are dropped.</summary>
    public static void Do(Op op, params ReadOnlySpan<Arg> args) => op.Run(args, null, 0);

    /// <inheritdoc cref="Do(Op, ReadOnlySpan{Arg})"/>
    public static void Do(string op, params ReadOnlySpan<Arg> args) => Get(op).Run(args, null, 0);

    /// <summary>Every result that is a tensor, in order; null where the operator returns none.</summary>
    public static Tensor?[] Many(Op op, params ReadOnlySpan<Arg> args)
    {
        Val* v = stackalloc Val[16];
        int n = op.Run(args, v, 16);
        var all = new Tensor?[n];
        for (int i = 0; i < n; i++) all[i] = v[i].Tag == Tag.Tensor ? new Tensor(v[i].P) : null;
        return all;
    }

    /// <inheritdoc cref="Many(Op, ReadOnlySpan{Arg})"/>
    public static Tensor?[] Many(string op, params ReadOnlySpan<Arg> args) => Many(Get(op), args);

    private ExternalException Unexpected(int count, Tag tag) => new($"{count} results, the first a {tag}: {Schema}");

    private static Tensor[] TakeTensors(Val v)
    {
        var list = new Tensor[v.Len];
        for (int i = 0; i < list.Length; i++) list[i] = new Tensor(((nint*)v.P)[i]);
        Native.lt_free(v.P);
        return list;
    }

    private int Run(ReadOnlySpan<Arg> args, Val* outs, int capacity)
    {
        Val* vals = stackalloc Val[MaxArgs];
        byte* small = stackalloc byte[ScratchBytes];
        int room = Room(args), n = 0, results = 0;
        nint op = Handle;
        // All lists and strings of one call are copied into one block.
        byte* block = room <= ScratchBytes ? small : (byte*)NativeMemory.Alloc((nuint)room), free = block;
        try
        {
            for (int i = 0; i < args.Length; i++)
            {
                int slot = args[i].Name is { } argument ? IndexOf(argument) : i;
                while (n <= slot) vals[n++] = default;
                Fill(in args[i], ref vals[slot], ref free);
            }
            Native.Check(Native.lt_call(op, vals, n, outs, capacity, &results));
        }
        finally
        {
            if (block != small) NativeMemory.Free(block);
        }
        foreach (ref readonly var a in args) GC.KeepAlive(a.Ref);
        return results;
    }

    private int IndexOf(string argument)
    {
        if (argumentNames == null)
        {
            var names = new List<string>();
            for (byte* s; (s = Native.lt_op_arg(Handle, names.Count)) != null;) names.Add(Native.Utf8(s));
            argumentNames = [.. names];
        }
        int i = Array.IndexOf(argumentNames, argument);
        return i >= 0 ? i : throw new ArgumentException($"no argument '{argument}': {Schema}");
    }

    private static int Room(ReadOnlySpan<Arg> args)
    {
        int n = 0;
        foreach (ref readonly var a in args)
        {
            n += a.Tag switch
            {
                Tag.Ints or Tag.Doubles or Tag.Tensors => Unsafe.As<Array>(a.Ref!).Length * 8,
                Tag.Bools => Unsafe.As<Array>(a.Ref!).Length + 7 & ~7,
                Tag.String => Encoding.UTF8.GetMaxByteCount(Unsafe.As<string>(a.Ref!).Length) + 7 & ~7,
                _ => 0
            };
        }
        return n;
    }

    private static void Fill(in Arg a, ref Val v, ref byte* room)
    {
        v.Tag = a.Tag;
        v.Len = 0;
        switch (a.Tag)
        {
            case Tag.Int or Tag.Bool or Tag.Double: v.I = a.Bits; break;
            case Tag.Tensor: v.P = Unsafe.As<Tensor>(a.Ref!).Handle; break;
            case Tag.Generator: v.P = Unsafe.As<Generator>(a.Ref!).Live; break;
            case Tag.Ints: Copy(Unsafe.As<long[]>(a.Ref!), 8, ref v, ref room); break;
            case Tag.Doubles: Copy(Unsafe.As<double[]>(a.Ref!), 8, ref v, ref room); break;
            case Tag.Bools: Copy(Unsafe.As<bool[]>(a.Ref!), 1, ref v, ref room); break;
            case Tag.Tensors:
                var tensors = Unsafe.As<Tensor?[]>(a.Ref!);
                var handles = (nint*)room;
                v.P = (nint)room;
                v.Len = tensors.Length;
                for (int i = 0; i < tensors.Length; i++) handles[i] = tensors[i]?.Handle ?? 0;
                room += tensors.Length * 8;
                break;
            case Tag.String:
                string s = Unsafe.As<string>(a.Ref!);
                int most = Encoding.UTF8.GetMaxByteCount(s.Length);
                v.P = (nint)room;
                v.Len = Encoding.UTF8.GetBytes(s, new Span<byte>(room, most));
                room += most + 7 & ~7;
                break;
        }
    }

    private static void Copy<T>(T[] list, int size, ref Val v, ref byte* room) where T : unmanaged
    {
        v.P = (nint)room;
        v.Len = list.Length;
        list.CopyTo(new Span<T>(room, list.Length));
        room += list.Length * size + 7 & ~7;
    }
}
