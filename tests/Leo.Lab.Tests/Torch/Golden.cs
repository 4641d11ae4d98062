using System.Text.Json;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Torch;

/// <summary>What PyTorch computed, from <c>Golden/layers.json</c>, and the formulas of <c>Golden/make_golden.py</c>.</summary>
internal sealed record Golden(Golden.Case[] Cases, Golden.Training[] Trainings)
{
    internal sealed record Case(string Name, string[][] Inputs, bool Second, bool Eval, Summary Output, Dictionary<string, Summary> Grads, Dictionary<string, Summary> Buffers);

    internal sealed record Training(string Name, double[] Losses, double[] Norms, Dictionary<string, Summary> Parameters);

    public static Golden File { get; } = JsonSerializer.Deserialize<Golden>(
        System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Torch", "Golden", "layers.json")), JsonSerializerOptions.Web)!;

    public static Tensor Wave(long[] shape, double step, double phase, double scale = 1) =>
        tensor([.. Enumerable.Range(0, (int)Count(shape)).Select(i => scale * Math.Sin(step * i + phase))]).to(float32).reshape(shape);

    public static Tensor Input(int k, string[] spec)
    {
        long[] shape = [.. spec[1..].Select(long.Parse)];
        return spec[0] == "f" ? Wave(shape, 1.7, k).requires_grad_()
            : tensor([.. Enumerable.Range(0, (int)Count(shape)).Select(i => (long)Math.Floor(Math.Abs(Math.Sin(1.7 * i + k)) * int.Parse(spec[0][1..]) * 0.999))]).reshape(shape);
    }

    public static void Fill(nn.Module module)
    {
        using var constant = no_grad();
        using var scope = NewDisposeScope();
        int j = 0;
        foreach (var (_, p) in module.named_parameters()) p.copy_(Wave(p.shape, 0.9, 10.0 + j++, 0.3));
    }

    public static Tensor Loss(Tensor y) => (y * tensor([.. Enumerable.Range(0, (int)y.numel()).Select(i => Math.Cos(0.5 * i))]).to(float32).reshape(y.shape)).sum();

    private static long Count(long[] shape) => shape.Aggregate(1L, (a, b) => a * b);

    /// <summary>A tensor's shape, sums and values at the start, thirds, middle and end.</summary>
    internal sealed record Summary(long[] Shape, double Sum, double Abs, double[] Some)
    {
        public void Check(string what, Tensor actual)
        {
            Assert.True(Shape.SequenceEqual(actual.shape), $"{what}: [{string.Join(", ", actual.shape)}], expected [{string.Join(", ", Shape)}]");
            double[] a = actual.detach().to(float64).reshape(-1).ToArray<double>();
            int n = a.Length;
            int[] places = [.. new SortedSet<int>([0, n / 3, n / 2, 2 * n / 3, n - 1])];
            for (int i = 0; i < Some.Length; i++) Near($"{what}[{places[i]}]", Some[i], a[places[i]], Math.Abs(Some[i]));
            Near($"Σ {what}", Sum, a.Sum(), Abs);
            Near($"Σ|{what}|", Abs, a.Sum(Math.Abs), Abs);
        }

        // Single precision, and libtorch may add in another order on another machine.
        private static void Near(string what, double expected, double actual, double scale) =>
            Assert.True(Math.Abs(expected - actual) <= 2e-5 * scale + 2e-6, $"{what}: {actual}, expected {expected}");
    }
}
