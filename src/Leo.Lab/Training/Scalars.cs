using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>Reads single numbers out of tensors.</summary>
public static class Scalars
{
    /// <summary>The value of a one-element tensor of any type and device.</summary>
    public static double Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float64).cpu().item<double>();
    }
}
