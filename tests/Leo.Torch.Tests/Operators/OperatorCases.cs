using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Operators;

internal delegate Tensor[] Case(Tensor[] x);

/// <summary>What Golden/make_golden_ops.py computes in PyTorch, by the same names, in C#.</summary>
internal static partial class OperatorCases
{
    /// <summary>Operators that are part of another one's case.</summary>
    public static readonly (string Operator, string Case)[] TestedWithin =
    [
        ("isinf", "isfinite"), ("isnan", "isfinite"), ("isneginf", "isfinite"), ("isposinf", "isfinite"),
        ("isreal", "isfinite"), ("atleast_2d", "atleast_1d"), ("atleast_3d", "atleast_1d"), ("hamming_window", "hann_window"),
        ("blackman_window", "hann_window"), ("bartlett_window", "hann_window"), ("kaiser_window", "hann_window"), ("ones", "zeros"),
        ("full", "zeros"), ("logspace", "linspace"), ("triu_indices", "tril_indices"), ("ones_like", "zeros_like"),
        ("full_like", "zeros_like"), ("new_zeros", "zeros_like"), ("new_ones", "zeros_like"), ("new_full", "zeros_like"),
        ("zero_", "fill_"), ("copy_", "fill_"), ("randn_like", "rand_like"), ("randint_like", "rand_like"),
        ("bool", "to_type"), ("byte", "to_type"), ("char", "to_type"), ("short", "to_type"),
        ("int", "to_type"), ("long", "to_type"), ("half", "to_type"), ("bfloat16", "to_type"),
        ("float", "to_type"), ("double", "to_type"), ("to", "to_type"), ("type_as", "type"),
        ("detach", "cpu"), ("detach_", "cpu"), ("alias", "cpu")
    ];

    // Lazily: the order in which partial files' statics are set is nobody's promise.
    private static Dictionary<string, Case>? all;

    public static IReadOnlyDictionary<string, Case> All => all ??= new[]
    {
        Elementwise, Arithmetic, Comparison, Activation, Reduction, Variance, LinearAlgebra, Shape,
        Select, Joins, Factories, Random, Conversion
    }.SelectMany(cases => cases).ToDictionary(c => c.Key, c => c.Value);

    private static Tensor[] Out(Tensor t) => [t];

    private static Tensor[] Out(Tensor[] t) => t;

    private static Tensor[] Two((Tensor, Tensor) t) => [t.Item1, t.Item2];

    private static Tensor[] Three((Tensor, Tensor?, Tensor?) t) => [t.Item1, t.Item2!, t.Item3!];

    private static Generator Seed(ulong seed) => new(seed);

    private static Tensor[] Likes(Tensor x)
    {
        manual_seed(5);
        return [x.rand_like(), x.randn_like(), x.randint_like(2, 9)];
    }
}
