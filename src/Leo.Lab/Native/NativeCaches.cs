using System.Globalization;
using System.Runtime.Intrinsics.X86;

namespace Leo.Lab;

/// <summary>
/// Tells oneDNN, libtorch's library of convolutions, that the sizes of the processor's caches are unknown, where they are. On an AMD processor whose
/// hypervisor hides them (CPUID leaf 8000001D is zero: Firecracker's and some clouds' machines) it takes them for one byte each. Version 3.7.1, which
/// libtorch 2.10 has, then orders the loops of its reorders so that zeros overwrite weights wherever channels are no multiple of 16: a convolution of
/// seventeen channels of ones gives 145 in place of 153, and gradients are wrong likewise.
/// </summary>
internal static unsafe class NativeCaches
{
    // In the libtorch_cpu.so of NuGet's libtorch-cpu-linux-x64 2.10.0: its length, oneDNN's x64::cpu(), and fields of the Xbyak::util::Cpu that it returns.
    private const long Length = 461_211_481;
    private const nint CpuFunction = 0xf89b1a0;
    private const int Sizes = 0x44, Levels = 0x6c;

    /// <summary>Where caches are hidden, sets them right or, in a libtorch that is not known, keeps oneDNN to an instruction set without these reorders.</summary>
    /// <param name="torchCpu">Path of the loaded libtorch_cpu.so.</param>
    public static void Correct(string torchCpu)
    {
        if (!AreHidden() || TrySetUnknown(torchCpu)) return;
        // Its convolutions of AVX take plain layouts. They are right, and several times as slow.
        NativeTorch.SetVariable("ONEDNN_MAX_CPU_ISA", "AVX");
    }

    private static bool AreHidden() =>
        X86Base.IsSupported
        && X86Base.CpuId(0, 0).Ecx == BitConverter.ToInt32("cAMD"u8)           // the end of AuthenticAMD
        && (X86Base.CpuId(unchecked((int)0x8000001D), 0).Eax & 31) == 0;       // no cache

    private static bool TrySetUnknown(string torchCpu)
    {
        if (new FileInfo(torchCpu).Length != Length) return false;
        nint start = StartOf(torchCpu);
        if (start == 0 || *(uint*)(start + CpuFunction) != 0xfa1e0ff3) return false;      // endbr64: a function begins here
        byte* cpu = ((delegate* unmanaged<byte*>)(start + CpuFunction))();
        if (!new ReadOnlySpan<uint>(cpu + Sizes, 3).SequenceEqual<uint>([1, 1, 1]) || *(uint*)(cpu + Levels) != 3) return false;
        *(uint*)(cpu + Levels) = 0;                                            // it then takes its own guesses: 32 KB, 512 KB, 1 MB
        return true;
    }

    private static nint StartOf(string library)
    {
        string? first = File.ReadLines("/proc/self/maps").FirstOrDefault(l => l.EndsWith(library, StringComparison.Ordinal));
        return first is null ? 0 : nint.Parse(first.AsSpan(0, first.IndexOf('-')), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
