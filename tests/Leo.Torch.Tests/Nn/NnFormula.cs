using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Nn;

/// <summary>The formulas of <c>Golden/make_golden_nn.py</c>.</summary>
internal static class NnFormula
{
    public static double[] Wave(long count, double step, double phase, double scale = 1)
        => [.. Enumerable.Range(0, (int)count).Select(i => scale * Math.Sin(step * i + phase))];

    public static Tensor Floats(long[] shape, double step, double phase, double scale = 1)
        => tensor(Wave(Count(shape), step, phase, scale)).to(float32).reshape(shape);

    public static Tensor Input(int k, string[] spec)
    {
        string kind = spec[0];
        long[] shape = [.. spec[1..].Select(long.Parse)];
        var wave = Wave(Count(shape), 1.7, k);
        return kind[0] switch
        {
            'f' => Floats(shape, 1.7, k).requires_grad_(),
            'c' => Floats(shape, 1.7, k),
            'p' => Probability().requires_grad_(),
            'q' => Probability(),
            'b' => tensor([.. wave.Select(v => v > -0.5)]).reshape(shape),
            'i' => tensor([.. wave.Select(v => (long)Math.Floor(Math.Abs(v) * int.Parse(kind[1..]) * 0.999))]).reshape(shape),
            _ => throw new ArgumentException(kind)
        };

        Tensor Probability() => tensor([.. wave.Select(v => 0.5 + 0.45 * v)]).to(float32).reshape(shape);
    }

    public static void Fill(nn.Module module)
    {
        using var constant = no_grad();
        int j = 0;
        foreach (var (_, p) in module.named_parameters()) p.copy_(Floats(p.shape, 0.9, 10.0 + j++, 0.3));
    }

    public static Tensor Loss(Tensor y)
        => (y * tensor([.. Enumerable.Range(0, (int)y.numel()).Select(i => Math.Cos(0.5 * i))]).to(float32).reshape(y.shape)).sum();

    private static long Count(long[] shape) => shape.Aggregate(1L, (a, b) => a * b);
}
