using static TorchSharp.torch;

namespace Leo.Lab;

/// <summary>CUDA's switches for TF32, set for as long as this object lives and put back after it. A CPU has none.</summary>
internal sealed class PrecisionMode : IDisposable
{
    private readonly (bool Products, bool Convolutions) _before;

    /// <summary>Sets them: on for <see cref="Precision.Tf32"/>, off for <see cref="Precision.Float32"/> and for what stays float32 beside bfloat16.</summary>
    internal PrecisionMode(Precision precision)
    {
        _before = (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32);
        Set(precision == Precision.Tf32, precision == Precision.Tf32);
    }

    /// <summary>Puts them back.</summary>
    public void Dispose() => Set(_before.Products, _before.Convolutions);

    private static void Set(bool products, bool convolutions) =>
        (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (products, convolutions);
}
