using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Operators;

/// <summary>The golden numbers of Golden/ops.json and the formulas behind them; see make_golden_ops.py.</summary>
internal static class Golden
{
    public sealed record Output(long[] Shape, string Type, double[] Digest);

    public sealed record Entry(string[] In, Output[] Out, double[]?[] Grad);

    public static IReadOnlyDictionary<string, Entry> Ops { get; } = JsonSerializer.Deserialize<Dictionary<string, Entry>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "ops.json")),
        new JsonSerializerOptions { PropertyNameCaseInsensitive = true })!;

    public static Tensor Input(string spec, int place)
    {
        string[] parts = spec.Split(':');
        long[] shape = [.. parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];
        return Filled(parts[0], shape, place);
    }

    public static double[] Digest(Tensor t)
    {
        double[] x = t.detach().to(float64).flatten().data<double>().ToArray();
        double c = 0, s = 0, a = 0;
        for (int i = 0; i < x.Length; i++)
        {
            c += x[i] * Math.Cos(i);
            s += x[i] * Math.Sin(2 * i);
            a += Math.Abs(x[i]);
        }
        return [c, s, a];
    }

    private static Tensor Filled(string kind, long[] shape, int place)
    {
        int n = (int)shape.TotalSize();
        if (kind.StartsWith("index"))
        {
            long below = long.Parse(kind[5..]);
            return tensor(Enumerable.Range(0, n).Select(i => (7L * i + 3 * place + i / 3) % below).ToArray(), shape);
        }
        double[] wave = [.. Enumerable.Range(1, n).Select(i => Math.Sin(2.39996 * i + 0.1 * i * i + 78.233 * (place + 1)))];
        return kind switch
        {
            "mask" => tensor(Array.ConvertAll(wave, w => w > 0), shape),
            "sorted" => tensor(wave.Order().ToArray(), shape),
            "any" => tensor(Array.ConvertAll(wave, w => 1.3 * w), shape),
            "positive" => tensor(Array.ConvertAll(wave, w => 1.1 + 0.9 * w), shape),
            "big" => tensor(Array.ConvertAll(wave, w => 2.2 + w), shape),
            "unit" => tensor(Array.ConvertAll(wave, w => 0.9 * w), shape),
            "prob" => tensor(Array.ConvertAll(wave, w => 0.5 + 0.45 * w), shape),
            "spd" => Square(shape[0], place).matmul(Square(shape[0], place).t()) + eye(shape[0], dtype: float64),
            "lower" => Square(shape[0], place).tril() + 2 * eye(shape[0], dtype: float64),
            _ => throw new ArgumentException(kind)
        };
    }

    private static Tensor Square(long n, int place) => Filled("any", [n, n], place);
}
