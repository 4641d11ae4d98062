using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalises each channel over the batch (Ioffe &amp; Szegedy 2015).</summary>
public abstract class BatchNorm : NormBase
{
    /// <summary>For derived classes.</summary>
    public BatchNorm(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device,
        ScalarType? dtype, string name) : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        double share = momentum ?? 0;
        if (training && track_running_stats && num_batches_tracked is { } count)
        {
            Op.Do("aten::add_.Scalar", count, 1);
            if (momentum is null) share = 1.0 / count.item<long>();
        }
        bool byBatch = training || running_mean is null && running_var is null;
        bool running = !training || track_running_stats;
        return nn.functional.batch_norm(input, running ? running_mean : null, running ? running_var : null,
            OwnParameter(nameof(weight)), bias, byBatch, share, eps);
    }
}
