using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Leo.Lab.Media;

/// <summary>What a started program may take, where the system can be told (Linux): a hostile file then costs the program, not the machine.</summary>
internal static partial class ProcessLimits
{
    /// <summary>Bytes of memory. Decoding the largest picture that is let through takes about half.</summary>
    public const ulong MostMemory = 4UL << 30;

    // Numbers of Linux' resource.h.
    private const int Data = 2, Core = 4;

    /// <summary>Sets the limits; a process that has ended already is left alone.</summary>
    public static void Set(Process process)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            Set(process.Id, Data, MostMemory);
            Set(process.Id, Core, 0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or InvalidOperationException)
        {
            // A C library without the call, or an end before it; there is nothing to limit.
        }
    }

    private static void Set(int process, int resource, ulong most)
    {
        ulong[] limit = [most, most];
        _ = prlimit(process, resource, limit, 0);
    }

    [LibraryImport("libc")]
    private static partial int prlimit(int process, int resource, ulong[] limit, nint old);
}
