using System.Text.Json;
using Leo.Lab.Tests.Animator;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Perceptual;

/// <summary>Numbers made by PyTorch (Golden/make_golden.py), and the same formulas for weights and pictures.</summary>
internal static class PerceptualGolden
{
    private static readonly JsonElement Root = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Perceptual", "Golden", "perceptual.json"))).RootElement;

    public static readonly int[] ReducedWidths = [4, 6, 8, 10, 12];

    public static JsonElement Of(string name) => Root.GetProperty(name);

    public static Tensor Picture(string name, long[] shape, double scale) =>
        tensor(FormulaWeights.Unit(name, shape.Aggregate(1L, (a, b) => a * b)), shape) * (float)scale;

    /// <summary>VGG's weights: u·√(6/fan-in), biases u/10.</summary>
    public static void Fill(nn.Module module)
    {
        using var noGrad = no_grad();
        foreach (var (name, parameter) in module.named_parameters())
        {
            using var scope = NewDisposeScope();
            long fanIn = parameter.numel() / parameter.shape[0];
            double scale = name.EndsWith("bias", StringComparison.Ordinal) ? 0.1 : Math.Sqrt(6.0 / fanIn);
            parameter.copy_(Picture(name, parameter.shape, scale));
        }
    }

    public static void Same(JsonElement expected, Tensor found, double tolerance)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(v => v.GetInt64()), found.shape);
        Assert.Equal(expected.GetProperty("mean").GetDouble(), found.to(float64).mean().item<double>(), tolerance);
        SameValues(expected, found, tolerance);
    }

    public static void SameValues(JsonElement expected, Tensor found, double tolerance)
    {
        using var scope = NewDisposeScope();
        float[] flat = found.flatten().ToArray<float>();
        double[] values = expected.GetProperty("values").EnumerateArray().Select(v => v.GetDouble()).ToArray();
        for (int i = 0; i < values.Length; i++)
            Assert.Equal(values[i], flat[(long)i * flat.Length / values.Length], tolerance);
    }
}
