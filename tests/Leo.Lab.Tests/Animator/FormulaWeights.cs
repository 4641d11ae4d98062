using System.Text;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Animator;

/// <summary>
/// Weights that depend on nothing but the parameter's name: FNV-1a-32 of the name, a Weyl sequence, murmur3's final
/// mix. The golden files were made by the official network with these weights.
/// </summary>
internal static class FormulaWeights
{
    public static void Fill(nn.Module module)
    {
        using var noGrad = no_grad();
        foreach (var (name, parameter) in module.named_parameters())
        {
            using var scope = NewDisposeScope();
            var (scale, shift) = name switch
            {
                _ when name.EndsWith("modulation.bias", StringComparison.Ordinal) => (0.25f, 1f),
                _ when name.EndsWith("bias", StringComparison.Ordinal) => (0.25f, 0f),
                _ => (1.75f, 0f),
            };
            float[] values = Unit(name, parameter.numel());
            for (int i = 0; i < values.Length; i++) values[i] = values[i] * scale + shift;
            parameter.copy_(tensor(values, parameter.shape, float32));
        }
    }

    /// <summary>u in [-1, 1) for each flat index.</summary>
    public static float[] Unit(string name, long count)
    {
        uint seed = 0x811C9DC5u;
        foreach (byte b in Encoding.UTF8.GetBytes(name)) seed = (seed ^ b) * 0x01000193u;
        float[] values = new float[count];
        for (int i = 0; i < values.Length; i++)
        {
            uint x = unchecked(seed + (uint)i * 2654435769u);
            x ^= x >> 16;
            x *= 0x85EBCA6Bu;
            x ^= x >> 13;
            x *= 0xC2B2AE35u;
            x ^= x >> 16;
            values[i] = (float)((x >> 8) * (1.0 / (1 << 23)) - 1.0);
        }
        return values;
    }
}
