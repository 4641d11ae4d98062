using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Devices;

/// <summary>
/// libtorch's lazy device: it keeps tensors apart from the CPU's, refuses those that were not moved to it, and computes with the CPU's operators in the
/// end, so with real numbers. (Of gradients it gets some types wrong: a float32 without dimensions times a number becomes float64.)
/// </summary>
internal static unsafe class LazyDevice
{
    // c10::DeviceType::Lazy, which TorchSharp does not name.
    private static readonly Lazy<Device> Started = new(() =>
    {
        NativeTorch.Require();
        ((delegate* unmanaged<void>)NativeLibrary.GetExport(NativeLibrary.Load("libtorch_cpu.so"), "_ZN5torch4lazy22InitTorchScriptBackendEv"))();
        return new Device((DeviceType)17, 0);
    });

    /// <summary>The device.</summary>
    internal static Device Device => Started.Value;
}
