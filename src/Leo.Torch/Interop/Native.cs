using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>The C functions of libleotorch.so, found beside this assembly.</summary>
internal static unsafe partial class Native
{
    private const string Library = "leotorch";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return 0;
        string?[] folders = [Path.GetDirectoryName(assembly.Location), AppContext.BaseDirectory];
        foreach (string? folder in folders)
        {
            string file = Path.Combine(folder ?? "", "libleotorch.so");
            if (File.Exists(file)) return NativeLibrary.Load(file); // throws with the loader's reason if libtorch itself is missing
        }
        return 0;
    }

    [LibraryImport(Library)] internal static partial byte* lt_last_error();
    [LibraryImport(Library)] internal static partial byte* lt_version();
    [LibraryImport(Library)] internal static partial long lt_live();
    [LibraryImport(Library)] internal static partial void lt_free(nint p);
    [LibraryImport(Library)] internal static partial int lt_set_threads(int intra, int inter);
    [LibraryImport(Library)] internal static partial int lt_get_threads(int inter);
    [LibraryImport(Library)] internal static partial int lt_device_count(int type);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int lt_grad_mode(int enable);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int lt_inference_mode();
    [LibraryImport(Library)] internal static partial int lt_inference_begin(int on, nint* guard);
    [LibraryImport(Library)] internal static partial void lt_inference_end(nint guard);
    [LibraryImport(Library)] internal static partial int lt_seed(ulong seed);
    [LibraryImport(Library)] internal static partial int lt_generator_new(ulong seed, nint* g);
    [LibraryImport(Library)] internal static partial int lt_generator_default(nint* g);
    [LibraryImport(Library)] internal static partial void lt_generator_delete(nint g);
    [LibraryImport(Library)] internal static partial int lt_generator_seed(nint g, int set, ulong* seed);
    [LibraryImport(Library)] internal static partial int lt_generator_state(nint g, nint set, nint* get);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int lt_op_find(string name, string overload, nint* op);
    [LibraryImport(Library)] internal static partial byte* lt_op_schema(nint op);
    [LibraryImport(Library)] internal static partial byte* lt_op_arg(nint op, int i);
    [LibraryImport(Library)] internal static partial int lt_call(nint op, Val* args, int n, Val* outs, int cap, int* nout);
    [LibraryImport(Library)] internal static partial void lt_delete(nint h);
    [LibraryImport(Library)] internal static partial int lt_share(nint h, nint* t);
    [LibraryImport(Library)] internal static partial int lt_from_host(void* data, long* sizes, int nd, int dtype, nint* t);
    [LibraryImport(Library)] internal static partial int lt_info(nint h, long* info, long* sizes, long* strides, int cap);
    [LibraryImport(Library)] internal static partial int lt_data(nint h, nint* data);
    [LibraryImport(Library)] internal static partial long lt_nbytes(nint h);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int lt_dim(nint h);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int lt_dtype(nint h);
    [LibraryImport(Library)] internal static partial int lt_requires_grad(nint h, int on);
    [LibraryImport(Library)] internal static partial int lt_retain_grad(nint h);
    [LibraryImport(Library)] internal static partial int lt_get_grad(nint h, nint* g);
    [LibraryImport(Library)] internal static partial int lt_set_grad(nint h, nint g);
    [LibraryImport(Library)]
    internal static partial int lt_backward(nint* outs, nint* gouts, int n, nint* ins, int nin, int retain, int create);
    [LibraryImport(Library)]
    internal static partial int lt_grad(
        nint* outs, nint* gouts, int n, nint* ins, int nin, int retain, int create, int allowUnused, nint* res);

    [LibraryImport(Library)] internal static partial int lt_jit_load(byte* data, long size, int deviceType, int deviceIndex, nint* m);
    [LibraryImport(Library)] internal static partial void lt_jit_delete(nint m);
    [LibraryImport(Library)] internal static partial int lt_jit_train(nint m, int on);
    [LibraryImport(Library)] internal static partial int lt_jit_training(nint m);
    [LibraryImport(Library)] internal static partial int lt_jit_inputs(nint m, int* n);
    [LibraryImport(Library)] internal static partial int lt_jit_forward(nint m, Val* args, int n, Val* result);

    /// <summary>Turns a native failure into the exception that TorchSharp throws for it.</summary>
    /// <exception cref="ExternalException">With libtorch's message.</exception>
    internal static void Check(int code)
    {
        if (code != 0) throw new ExternalException(Utf8(lt_last_error()));
    }

    internal static string Utf8(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
