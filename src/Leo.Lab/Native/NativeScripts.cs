using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Leo.Lab;

/// <summary>
/// TorchScript functions of our own, run as they are written. By default libtorch watches the first calls of a function and then rewrites it, its
/// gradient included: the same training would end in other last digits when it was interrupted in between, for the new process watches anew.
/// </summary>
/// <param name="source">Functions; the last line has to end.</param>
internal sealed unsafe class NativeScripts(string source)
{
    private static delegate* unmanaged<byte, void> _optimize;
    [ThreadStatic]
    private static bool _plain;
    private readonly Lazy<jit.CompilationUnit> _unit = new(() => jit.compile(source));

    /// <summary>Finds libtorch's switch; without it (elsewhere than on Linux) functions are rewritten.</summary>
    /// <param name="torchCpu">libtorch_cpu, loaded.</param>
    public static void Find(nint torchCpu)
    {
        if (NativeLibrary.TryGetExport(torchCpu, "_ZN5torch3jit24setGraphExecutorOptimizeEb", out nint found)) _optimize = (delegate* unmanaged<byte, void>)found;
    }

    /// <summary>Calls a function.</summary>
    public object Call(string function, params object[] arguments)
    {
        if (!_plain)
        {
            _plain = true;                                                  // the switch is each thread's
            if (_optimize is not null) _optimize(0);
        }
        return _unit.Value.invoke(function, arguments);
    }
}
