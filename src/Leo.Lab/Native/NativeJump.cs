using System.Runtime.InteropServices;

namespace Leo.Lab;

/// <summary>Puts a function of ours in the place of one of TorchSharp's native half, where that has a fault.</summary>
internal static unsafe partial class NativeJump
{
    private const int Read = 1, Write = 2, Execute = 4;

    /// <summary>Puts a jump to <paramref name="target"/> over a function; does nothing where the processor is another, or where the library has no such function.</summary>
    /// <param name="library">TorchSharp's native half, loaded.</param>
    /// <param name="export">Name of the function.</param>
    /// <param name="target">What is to run in its place.</param>
    /// <returns>Whether it now does.</returns>
    public static bool Put(nint library, string export, nint target)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || !NativeLibrary.TryGetExport(library, export, out nint function))
            return false;
        byte[] jump = [0x48, 0xb8, .. BitConverter.GetBytes((long)target), 0xff, 0xe0];      // mov rax, target; jmp rax
        nint page = function & ~(nint)(Environment.SystemPageSize - 1);
        nuint length = (nuint)(function + jump.Length - page);
        if (mprotect(page, length, Read | Write | Execute) != 0) return false;
        jump.CopyTo(new Span<byte>((void*)function, jump.Length));
        return mprotect(page, length, Read | Execute) == 0;
    }

    [LibraryImport("libc")]
    private static partial int mprotect(nint address, nuint length, int protection);
}
