using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Operators;

internal static partial class OperatorCases
{
    private static readonly Dictionary<string, Case> Select = new()
    {
        ["index_select"] = x => Out(x[0].index_select(0, x[1])),
        ["take"] = x => Out(x[0].take(x[1])),
        ["take_along_dim"] = x => Out(x[0].take_along_dim(x[1], 1)),
        ["gather"] = x => Out(x[0].gather(1, x[1])),
        ["scatter"] = x => Out(x[0].scatter(1, x[1], x[2])),
        ["scatter_"] = x => Out(x[0].clone().scatter_(1, x[1], x[2])),
        ["scatter_add"] = x => Out(x[0].scatter_add(1, x[1], x[2])),
        ["scatter_add_"] = x => Out(x[0].clone().scatter_add_(1, x[1], x[2])),
        ["index_add"] = x => Out(x[0].index_add(0, x[1], x[2], 0.5)),
        ["index_add_"] = x => Out(x[0].clone().index_add_(0, x[1], x[2], 0.5)),
        ["index_copy"] = x => Out(x[0].index_copy(0, x[1], x[2])),
        ["index_copy_"] = x => Out(x[0].clone().index_copy_(0, x[1], x[2])),
        ["index_fill"] = x => Out(x[0].index_fill(0, x[1], 1.5)),
        ["index_fill_"] = x => Out(x[0].clone().index_fill_(0, x[1], 1.5)),
        ["masked_fill"] = x => Out(x[0].masked_fill(x[1], 1.5)),
        ["masked_fill_"] = x => Out(x[0].clone().masked_fill_(x[1], 1.5)),
        ["masked_scatter"] = x => Out(x[0].masked_scatter(x[1], x[2])),
        ["masked_scatter_"] = x => Out(x[0].clone().masked_scatter_(x[1], x[2])),
        ["masked_select"] = x => Out(x[0].masked_select(x[1])),
        ["select_scatter"] = x => Out(x[0].select_scatter(x[1], 1, 2)),
        ["slice_scatter"] = x => Out(x[0].slice_scatter(x[1], 0, 1, 3)),
        ["diagonal_scatter"] = x => Out(x[0].diagonal_scatter(x[1])),
        ["where"] = x => [x[0].where(x[1], x[2]), .. torch.where(x[1])],
        ["index"] = x =>
        [
            x[0][1], x[0][1, 2], x[0][1, 2, 3], x[0][1..3], x[0][TensorIndex.Ellipsis, 1],
            x[0][TensorIndex.Colon, TensorIndex.None, 1], x[0][x[1]],
            x[0][TensorIndex.Colon, TensorIndex.Tensor(tensor(new long[] { 0, 2 }))], x[0][x[2]],
            x[0][TensorIndex.Tensor(x[1]), TensorIndex.Colon, TensorIndex.Slice(1, 3)],
            x[0][^1, TensorIndex.Ellipsis, TensorIndex.Slice(step: 2)]
        ],
        ["index/mask"] = x =>
        [
            x[0].index(x[1]), x[0][TensorIndex.Tensor(x[1]), TensorIndex.Slice(1, 3)], x[0][TensorIndex.Bool(true)].squeeze(0),
            x[0].index(TensorIndex.Ellipsis, TensorIndex.Tensor(x[2]))
        ],
        ["index_put_"] = x =>
        [
            x[0].clone().index_put_(x[2], x[1]), x[0].clone().index_put_(x[2], TensorIndex.Slice(1, 3)),
            x[0].clone().index_put_(x[2][0, 0], TensorIndex.Colon, 1), x[0].clone().index_put_(x[2], [x[1]], true)
        ],
    };
}
