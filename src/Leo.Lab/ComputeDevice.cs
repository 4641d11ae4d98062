using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab;

/// <summary>
/// The device that computes. Nothing is made on an ambient one: models are moved when they are loaded or trained, and tensors are made where their
/// neighbours are. Random numbers are drawn on the CPU and moved, so that a seed means the same everywhere.
/// </summary>
public static class ComputeDevice
{
    private static int _strict;

    /// <summary>The words for devices.</summary>
    public const string Known = "auto, cpu, cuda, cuda:N or mps";

    /// <summary>CUDA where TorchSharp has it, else the CPU.</summary>
    public const string Auto = "auto";

    /// <summary>Which of a machine's CUDA devices is meant where no number is given; where several processes share a machine, each has its own.</summary>
    /// <value>0</value>
    public static int LocalRank { get; set; }

    /// <summary>The device of a word.</summary>
    /// <param name="name"><see cref="Known"/>. <c>lazy</c> is libtorch's device for trying code without one: it refuses tensors that were not moved to it, and computes on the CPU in the end; whoever asks for it has started it.</param>
    /// <exception cref="LeoException">No such word, or this machine has no such device.</exception>
    public static Device Find(string name)
    {
        if (!IsWord(name))
            throw new LeoException("device", $"expected {Known}, found '{name}'", "Correct it");
        switch (name.Split(':')[0])
        {
            case Auto:
                return cuda_is_available() ? Cuda(LocalRank % cuda.device_count()) : CPU;
            case "cuda":
                int count = cuda_is_available() ? cuda.device_count() : 0;
                int index = name.Contains(':', StringComparison.Ordinal) ? int.Parse(name[5..], CultureInfo.InvariantCulture) : LocalRank % Math.Max(1, count);
                return index < count ? Cuda(index) : throw Missing(count switch { 0 => "no CUDA device", 1 => "one, cuda:0", _ => $"{count}, cuda:0 to cuda:{count - 1}" }, "Build with -p:Torch=cuda on a machine with an NVIDIA driver, or ask for auto or cpu");
            case "mps":
                return mps_is_available() ? new Device(DeviceType.MPS, 0) : throw Missing("no Metal device", "Ask for auto or cpu");
            case "lazy":
                return new Device((DeviceType)17, 0);                       // c10::DeviceType::Lazy, which TorchSharp does not name
            default:
                return CPU;
        }

        LeoException Missing(string found, string advice) => new("device", $"{name} was asked for, TorchSharp finds {found}", advice);
    }

    // libtorch lets cuDNN convolve in TF32 unless it is told otherwise; float32 shall mean float32, in metrics too. PrecisionMode switches it on where it is asked for.
    private static Device Cuda(int index)
    {
        if (Interlocked.Exchange(ref _strict, 1) == 0)
            (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (false, false);
        return new Device(DeviceType.CUDA, index);
    }

    /// <summary>Whether a word names a device, be it there or not.</summary>
    /// <param name="name">The word.</param>
    public static bool IsWord(string name) => name is Auto or "cpu" or "cuda" or "mps" or "lazy"
        || (name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <summary>Moves a module's weights and buffers, unless they are there.</summary>
    /// <param name="module">Changed.</param>
    /// <param name="device">Where to.</param>
    public static void Move(nn.Module module, Device device)
    {
        if (module.parameters().Any(p => p.device_type != device.type || p.device_index != device.index))
            module.to(device);
    }

    /// <summary>Whether what is computed there can be read without waiting.</summary>
    internal static bool IsHost(this Device device) => device.type == DeviceType.CPU;
}
