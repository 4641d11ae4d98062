using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Operators;

internal static partial class OperatorCases
{
    private static readonly Dictionary<string, Case> Joins = new()
    {
        ["cat"] = x => Out(cat(x, 1)),
        ["concat"] = x => Out(concat(x)),
        ["concatenate"] = x => Out(concatenate(x, 1)),
        ["stack"] = x => Out(stack(x, 1)),
        ["hstack"] = x => Out(hstack(x)),
        ["vstack"] = x => Out(vstack(x)),
        ["dstack"] = x => Out(dstack(x)),
        ["cartesian_prod"] = x => Out(cartesian_prod(x)),
        ["block_diag"] = x => Out(block_diag(x)),
        ["meshgrid"] = x => [.. meshgrid(x), .. meshgrid(x, "xy")],
        ["broadcast_tensors"] = x => [.. broadcast_tensors(x)],
        ["einsum"] = x => [einsum("bij,bjk->bik", x), einsum("bij->", x[0])],
        ["searchsorted"] = x => [searchsorted(x[0].detach(), x[1].detach()), searchsorted(x[0].detach(), x[1].detach(), right: true)],
        ["cdist"] = x => [cdist(x[0], x[1]), cdist(x[0], x[1], 1)],
        ["chain_matmul"] = x => Out(chain_matmul(x)),
        ["column_stack"] = x => Out(column_stack(x)),
        ["row_stack"] = x => Out(row_stack(x)),
        ["combinations"] = x => [combinations(x[0]), combinations(x[0], 3, true)],
        ["vander"] = x => [vander(x[0].detach()), vander(x[0].detach(), 2, true)],
    };
}
