using System.Runtime.InteropServices;

namespace Leo.Lab.Tests;

public class NativeHeapTests
{
    [Fact]
    public void KeepFreedMemory_OnGlibc_IsTakenByTheLibrary()
    {
        bool glibc = NativeLibrary.TryLoad("libc.so.6", out _);
        Assert.Equal(glibc, NativeHeap.KeepFreedMemory());
    }
}
