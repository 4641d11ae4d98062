using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Operators;

internal static partial class OperatorCases
{
    private static readonly Dictionary<string, Case> Factories = new()
    {
        ["hann_window"] = x =>
        [
            hann_window(6), hamming_window(6, false), blackman_window(5), bartlett_window(5), kaiser_window(5, true, 8)
        ],
        ["zeros"] = x => [zeros(2, 3), ones(2, 3), full(2, 3, 1.5), full(2, 3)],
        ["arange"] = x => [arange(5), arange(1, 5), arange(0.5, 3, 0.5), arange(4, dtype: float32)],
        ["linspace"] = x => [linspace(0, 1, 5), linspace(-1, 1, 4, dtype: float64), logspace(0, 2, 4)],
        ["eye"] = x => [eye(3), eye(2, 3)],
        ["tril_indices"] = x => [tril_indices(3, 4), triu_indices(3, 4, 1)],
        ["zeros_like"] = x =>
        [
            x[0].zeros_like(), x[0].ones_like(), x[0].full_like(2.5), x[0].new_zeros(2), x[0].new_ones(2, 3),
            x[0].new_full([2], 1.5)
        ],
    };
}
