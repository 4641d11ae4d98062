using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalises each channel of each sample (Ulyanov et al. 2016).</summary>
public abstract class InstanceNorm : NormBase
{
    /// <summary>For derived classes.</summary>
    public InstanceNorm(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device,
        ScalarType? dtype, string name) : base(num_features, eps, momentum ?? 0.1, affine, track_running_stats, device, dtype, name)
    {
    }

    /// <summary>Number of dimensions of one sample.</summary>
    protected abstract long GetNumberOfBatchDimensions();

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        int channels = (int)(input.ndim - GetNumberOfBatchDimensions());
        if (input.shape[channels] != num_features)
            throw new ArgumentException($"{GetName()} takes {num_features} channels, not {input.shape[channels]}.", nameof(input));
        if (channels > 0) return Normalise(input);
        using var batch = Op.Call("aten::unsqueeze", input, 0);
        using var result = Normalise(batch);
        return Op.Call("aten::squeeze.dim", result, 0);
    }

    private Tensor Normalise(Tensor input)
        => nn.functional.instance_norm(input, running_mean, running_var, OwnParameter(nameof(weight)), bias,
            training || !track_running_stats, momentum ?? 0.1, eps);
}
