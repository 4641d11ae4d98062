using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Leo.Lab;

/// <summary>
/// Runs calls into libtorch whose errors TorchSharp's native half does not catch, and no check before the call can foresee: a C++ exception that leaves
/// a native function ends the process by <c>std::terminate</c>.
/// </summary>
/// <remarks>
/// The call runs on a thread of its own. Where it comes to <c>std::terminate</c>, our handler notes what was thrown and never returns: that thread sleeps
/// until the process ends, with what it held. It is meant for calls at a command's beginning, such as loading a program, not for each frame.
/// Elsewhere than on Linux on x64 the call runs unguarded.
/// </remarks>
internal static unsafe class NativeGuard
{
    private sealed class Call
    {
        public readonly ManualResetEventSlim Ended = new();
        public string? Thrown;
    }

    [ThreadStatic]
    private static Call? _current;
    private static delegate* unmanaged<void> _before;
    private static delegate* unmanaged<nint> _currentType;
    private static delegate* unmanaged<nint*, nint*> _currentException;     // std::exception_ptr, which is one pointer, is returned by memory
    private static nint _standard;                                          // typeid(std::exception)
    private static readonly Lazy<bool> Installed = new(Install);

    /// <summary>Runs a call.</summary>
    /// <exception cref="ExternalException">It ended by a C++ exception; the message is that exception's.</exception>
    public static T Run<T>(Func<T> work)
    {
        if (!Installed.Value) return work();
        var call = new Call();
        ExceptionDispatchInfo? failure = null;
        T? result = default;
        var thread = new Thread(() =>
        {
            _current = call;
            try
            {
                result = work();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
            _current = null;
            call.Ended.Set();
        })
        { IsBackground = true, Name = "libtorch, guarded" };
        thread.Start();
        call.Ended.Wait();
        if (call.Thrown is { } thrown) throw new ExternalException(thrown);
        failure?.Throw();
        return result!;
    }

    private static bool Install()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64 || !NativeLibrary.TryLoad("libstdc++.so.6", out nint library)
            || !NativeLibrary.TryGetExport(library, "_ZSt13set_terminatePFvvE", out nint setTerminate)
            || !NativeLibrary.TryGetExport(library, "__cxa_current_exception_type", out nint type)
            || !NativeLibrary.TryGetExport(library, "_ZSt17current_exceptionv", out nint exception)
            || !NativeLibrary.TryGetExport(library, "_ZTISt9exception", out _standard))
        {
            return false;
        }

        _currentType = (delegate* unmanaged<nint>)type;
        _currentException = (delegate* unmanaged<nint*, nint*>)exception;
        _before = ((delegate* unmanaged<delegate* unmanaged<void>, delegate* unmanaged<void>>)setTerminate)(&Terminate);
        return true;
    }

    [UnmanagedCallersOnly]
    private static void Terminate()
    {
        if (_current is not { } call)
        {
            _before();
            return;
        }
        call.Thrown = What();
        call.Ended.Set();
        Thread.Sleep(Timeout.Infinite);
    }

    // std::exception::what(), by the Itanium ABI: its place in the table of functions, and type_info::__do_catch, which knows whether one derives from it.
    private static string What()
    {
        nint type = _currentType(), thrown = 0;
        _currentException(&thrown);
        if (type == 0 || thrown == 0) return "std::terminate was called";
        var isCaughtBy = (delegate* unmanaged<nint, nint, nint*, uint, byte>)(*(nint**)_standard)[4];
        if (isCaughtBy(_standard, type, &thrown, 1) == 0) return "an error that is no std::exception";
        var what = (delegate* unmanaged<nint, byte*>)(*(nint**)thrown)[2];
        return Marshal.PtrToStringUTF8((nint)what(thrown)) ?? "";
    }
}
