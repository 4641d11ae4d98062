using System.Runtime.InteropServices;

namespace Leo.Lab;

/// <summary>How the C library treats the memory that tensors free.</summary>
public static partial class NativeHeap
{
    // Numbers of glibc's malloc.h.
    private const int TrimThreshold = -1, MmapThreshold = -3, ArenaMax = -8;

    /// <summary>
    /// Keeps freed memory in the process, for the next tensor. By default glibc gives every block above some
    /// megabytes, and the heap's end, back to the kernel at once, and the next step gets them page by page and zeroed
    /// again: thousands of page faults a step. Call it first thing; elsewhere than on glibc it does nothing.
    /// </summary>
    /// <remarks>
    /// The peak of resident memory stays; what is resident between peaks does not shrink any more. One arena instead
    /// of one a thread, because other than the main one they cannot hold large blocks.
    /// </remarks>
    /// <returns>Whether the C library took all of it.</returns>
    public static bool KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            // Before version 2.35 glibc takes no threshold above 32 MB.
            bool mapped = mallopt(MmapThreshold, 1 << 30) == 1 || mallopt(MmapThreshold, 32 << 20) == 1;
            return mapped & mallopt(TrimThreshold, int.MaxValue) == 1 & mallopt(ArenaMax, 1) == 1;
        }
        catch (EntryPointNotFoundException)
        {
            return false;                                                  // musl has no such choice
        }
    }

    [LibraryImport("libc")]
    private static partial int mallopt(int parameter, int value);
}
