using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Nn;

/// <summary>What PyTorch computed for one case, from <c>Golden/nn.json</c>.</summary>
internal sealed record NnGolden(string Name, string[][] Inputs, bool Second, bool Eval, int? Seed, int? Calls, TensorSummary Output,
    Dictionary<string, TensorSummary>? Grads, Dictionary<string, TensorSummary>? Buffers)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    public static IReadOnlyDictionary<string, NnGolden> All { get; } = Read<NnGolden>("nn.json").ToDictionary(g => g.Name);

    public static T[] Read<T>(string file)
        => JsonSerializer.Deserialize<T[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file)), Options)!;
}

/// <summary>A tensor's shape, sums and values at the start, thirds, middle and end.</summary>
internal sealed record TensorSummary(long[] Shape, double Sum, double Abs, double[] Some)
{
    public void Check(string what, Tensor actual)
    {
        Assert.True(Shape.SequenceEqual(actual.shape),
            $"{what}: [{string.Join(", ", actual.shape)}], expected [{string.Join(", ", Shape)}]");
        double[] a = actual.detach().to(float64).reshape(-1).data<double>().ToArray();
        int n = a.Length;
        int[] places = [.. new SortedSet<int>([0, n / 3, n / 2, 2 * n / 3, n - 1])];
        for (int i = 0; i < Some.Length; i++) Near($"{what}[{places[i]}]", Some[i], a[places[i]], Math.Abs(Some[i]));
        Near($"Σ {what}", Sum, a.Sum(), Abs);
        Near($"Σ|{what}|", Abs, a.Sum(Math.Abs), Abs);
    }

    // Single precision, and libtorch may add in another order on another machine.
    private static void Near(string what, double expected, double actual, double scale)
        => Assert.True(Math.Abs(expected - actual) <= 2e-5 * scale + 2e-6, $"{what}: {actual}, expected {expected}");
}
