namespace TorchSharp;

/// <summary>Kinds of devices; the numbers are libtorch's.</summary>
public enum DeviceType
{
    /// <summary>The processor and its memory.</summary>
    CPU = 0,
    /// <summary>NVIDIA's GPUs.</summary>
    CUDA = 1,
    /// <summary>Intel's MKL-DNN layout.</summary>
    MKLDNN = 2,
    /// <summary>OpenGL.</summary>
    OPENGL = 3,
    /// <summary>OpenCL.</summary>
    OPENCL = 4,
    /// <summary>Intel's IDEEP.</summary>
    IDEEP = 5,
    /// <summary>AMD's GPUs.</summary>
    HIP = 6,
    /// <summary>Field-programmable gate arrays.</summary>
    FPGA = 7,
    /// <summary>Microsoft's accelerator.</summary>
    MSNPU = 8,
    /// <summary>Google's XLA.</summary>
    XLA = 9,
    /// <summary>Apple's GPUs.</summary>
    MPS = 13,
    /// <summary>Shapes without data.</summary>
    META = 14
}
