using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Fills a network's weights from one seed; the module constructors' own draws come from an ambient generator.</summary>
internal static class WeightInit
{
    /// <summary>
    /// Weights and biases uniform in ±1/√fan_in (PyTorch's default), norms at 1 and 0, and the layers named in
    /// <paramref name="zeros"/> at 0. Every parameter has its own stream by its name, so the order does not matter.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="zeros">Whether a parameter, by name, starts at zero.</param>
    public static void Reset(nn.Module network, long seed, Func<string, bool> zeros)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var parameters = network.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter);
        foreach (var (name, parameter) in parameters)
        {
            bool bias = name.EndsWith("bias", StringComparison.Ordinal);
            long[] shape = bias ? parameters[name[..^"bias".Length] + "weight"].shape : parameter.shape;
            if (zeros(name))
            {
                parameter.zero_();
            }
            else if (shape.Length == 1)
            {
                parameter.fill_(bias ? 0 : 1);
            }
            else
            {
                using var generator = Seeds.Generator(seed, $"init.{name}");
                double bound = 1 / Math.Sqrt(shape.Skip(1).Aggregate(1L, (a, b) => a * b));
                parameter.uniform_(-bound, bound, generator);
            }
        }
    }
}
