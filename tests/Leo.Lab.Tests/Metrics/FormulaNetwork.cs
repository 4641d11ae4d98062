using Leo.Lab.Tests.Animator;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

/// <summary>
/// Weights of convolutional networks by formula: variances 0.5u + 1, means 0.25u, scales of normalisations 0.25u + 1, biases 0.25u, everything
/// else u·√(6/fan-in).
/// </summary>
internal static class FormulaNetwork
{
    public static T Fill<T>(T network)
        where T : nn.Module
    {
        using var noGrad = no_grad();
        foreach (var (name, value) in network.state_dict().Where(s => !s.Key.EndsWith("tracked", StringComparison.Ordinal)))
        {
            using var scope = NewDisposeScope();
            var u = tensor(FormulaWeights.Unit(name, value.numel()), value.shape, float32);
            value.copy_(name switch
            {
                _ when name.EndsWith("running_var", StringComparison.Ordinal) => u * 0.5f + 1f,
                _ when name.EndsWith("weight", StringComparison.Ordinal) && value.dim() == 1 => u * 0.25f + 1f,
                _ when name.EndsWith("running_mean", StringComparison.Ordinal) || name.EndsWith("bias", StringComparison.Ordinal) => u * 0.25f,
                _ => u * (float)Math.Sqrt(6.0 * value.shape[0] / value.numel()),
            });
        }
        return network;
    }
}
