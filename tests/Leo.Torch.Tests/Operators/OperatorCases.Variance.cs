using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Operators;

internal static partial class OperatorCases
{
    private static readonly Dictionary<string, Case> Variance = new()
    {
        ["std"] = x =>
        [
            x[0].std(), x[0].std(false), x[0].std([1L]), x[0].std([0L, 2L], false, true), x[0].std(2), x[0].std((0, 1)),
            x[0].std((0, 1, 2))
        ],
        ["var"] = x =>
        [
            x[0].var(), x[0].var(false), x[0].var([1L]), x[0].var([0L, 2L], false, true), x[0].var(2), x[0].var((0, 1)),
            x[0].var((0, 1, 2))
        ],
        ["std_mean"] = x =>
        [
            .. Two(x[0].std_mean()), .. Two(x[0].std_mean([1L], false, true)), .. Two(x[0].std_mean(2)),
            .. Two(x[0].std_mean((0, 1)))
        ],
        ["var_mean"] = x =>
        [
            .. Two(x[0].var_mean()), .. Two(x[0].var_mean([1L], false, true)), .. Two(x[0].var_mean(2)),
            .. Two(x[0].var_mean((0, 1)))
        ],
    };
}
