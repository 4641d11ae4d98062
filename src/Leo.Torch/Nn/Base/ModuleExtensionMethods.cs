using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Moves and converts modules; each returns the module itself.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>Converts floating-point parameters and buffers.</summary>
    public static T to<T>(this T module, ScalarType type, bool non_blocking = false) where T : nn.Module
        => (T)module._to(type, non_blocking);

    /// <summary>Moves and converts parameters and buffers.</summary>
    public static T to<T>(this T module, Device device, ScalarType type, bool non_blocking = false) where T : nn.Module
        => (T)module._to(device, type, non_blocking);

    /// <summary>Moves parameters and buffers.</summary>
    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false) where T : nn.Module
        => (T)module._to(deviceType, deviceIndex, non_blocking);

    /// <summary>Moves parameters and buffers.</summary>
    public static T to<T>(this T module, Device device, bool non_blocking = false) where T : nn.Module
        => (T)module._to(device.type, device.index, non_blocking);

    /// <summary>Moves parameters and buffers.</summary>
    public static T to<T>(this T module, string device, bool non_blocking = false) where T : nn.Module
        => module.to(new Device(device), non_blocking);

    /// <summary>Moves and converts parameters and buffers to device and type of a tensor.</summary>
    public static T to<T>(this T module, Tensor other, bool non_blocking = false) where T : nn.Module
        => (T)module._to(other, non_blocking);

    /// <summary>Moves parameters and buffers to the CPU.</summary>
    public static T cpu<T>(this T module, bool non_blocking = false) where T : nn.Module
        => (T)module._to(DeviceType.CPU, -1, non_blocking);

    /// <summary>Moves parameters and buffers to a GPU.</summary>
    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false) where T : nn.Module
        => (T)module._to(DeviceType.CUDA, deviceIndex, non_blocking);

    /// <summary>Converts to 16-bit floats.</summary>
    public static T half<T>(this T module, bool non_blocking = false) where T : nn.Module
        => (T)module._to(ScalarType.Float16, non_blocking);

    /// <summary>Converts to brain floats.</summary>
    public static T bfloat16<T>(this T module, bool non_blocking = false) where T : nn.Module
        => (T)module._to(ScalarType.BFloat16, non_blocking);

    /// <summary>Converts to 32-bit floats.</summary>
    public static T @float<T>(this T module, bool non_blocking = false) where T : nn.Module
        => (T)module._to(ScalarType.Float32, non_blocking);

    /// <summary>Converts to 64-bit floats.</summary>
    public static T @double<T>(this T module, bool non_blocking = false) where T : nn.Module
        => (T)module._to(ScalarType.Float64, non_blocking);

    /// <summary>Converts to complex numbers of 32-bit floats.</summary>
    public static T cfloat<T>(this T module, bool non_blocking = false) where T : nn.Module
        => (T)module._to(ScalarType.ComplexFloat32, non_blocking);

    /// <summary>Converts to complex numbers of 64-bit floats.</summary>
    public static T cdouble<T>(this T module, bool non_blocking = false) where T : nn.Module
        => (T)module._to(ScalarType.ComplexFloat64, non_blocking);
}
