using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Leo.Lab.Tests.Torch;

/// <summary>What of TorchSharp's layers and functions this project uses, by the names of <c>Golden/make_golden.py</c>.</summary>
internal static class LayerCases
{
    public static IReadOnlyDictionary<string, Func<nn.Module<Tensor, Tensor>>> Modules { get; } = new Dictionary<string, Func<nn.Module<Tensor, Tensor>>>
    {
        ["Linear"] = () => nn.Linear(6, 5),
        ["Conv1d"] = () => nn.Conv1d(4, 6, 3, 2, 1L),
        ["Conv1d/replicate"] = () => nn.Conv1d(4, 6, 3, 1, 1L, padding_mode: PaddingModes.Replicate),
        ["Conv2d"] = () => nn.Conv2d(4, 6, 3, 2, 1L),
        ["Conv2d/replicate"] = () => nn.Conv2d(4, 6, 3, 1, 1L, padding_mode: PaddingModes.Replicate),
        ["Conv3d"] = () => nn.Conv3d(4, 3, (2, 2, 2), (1, 1, 1), bias: false),
        ["GroupNorm"] = () => nn.GroupNorm(2, 4),
        ["LayerNorm"] = () => nn.LayerNorm([6L]),
        ["BatchNorm1d"] = () => nn.BatchNorm1d(6),
        ["BatchNorm2d"] = () => nn.BatchNorm2d(4),
        ["BatchNorm2d/eval"] = () => nn.BatchNorm2d(4),
        ["BatchNorm3d/eval"] = () => nn.BatchNorm3d(4, eps: 1e-3),
        ["SiLU"] = () => nn.SiLU(),
        ["Identity"] = () => nn.Identity(),
        ["Dropout/eval"] = () => nn.Dropout(0.3),
        ["Sequential"] = () => nn.Sequential(nn.Linear(6, 4), nn.SiLU(), nn.Linear(4, 2)),
    };

    public static IReadOnlyDictionary<string, Func<Tensor[], Tensor>> Functions { get; } = new Dictionary<string, Func<Tensor[], Tensor>>
    {
        ["linear"] = x => F.linear(x[0], x[1], x[2]),
        ["conv2d"] = x => F.conv2d(x[0], x[1]),
        ["conv2d/strided"] = x => F.conv2d(x[0], x[1], x[2], [2, 2], [1, 1]),
        ["conv2d/depthwise"] = x => F.conv2d(x[0], x[1], null, [1, 1], [2, 1], [1, 1], 4),
        ["conv3d"] = x => F.conv3d(x[0], x[1], null, null, [1, 1, 1]),
        ["conv_transpose2d"] = x => F.conv_transpose2d(x[0], x[1], null, [2, 2]),
        ["conv_transpose2d/depthwise"] = x => F.conv_transpose2d(x[0], x[1], null, [2, 2], [1, 1], null, null, 4),
        ["pad"] = x => F.pad(x[0], [1, 2, 0, 3], PaddingModes.Constant, 0.7),
        ["pad/replicate"] = x => F.pad(x[0], [2, 1, 1, 0], PaddingModes.Replicate),
        ["interpolate/bilinear"] = x => F.interpolate(x[0], [8, 9], mode: InterpolationMode.Bilinear, align_corners: false),
        ["interpolate/bicubic"] = x => F.interpolate(x[0], [3, 2], mode: InterpolationMode.Bicubic, align_corners: false, antialias: true),
        ["grid_sample"] = x => F.grid_sample(x[0], x[1], GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, false),
        ["leaky_relu"] = x => F.leaky_relu(x[0], 0.2),
        ["softplus"] = x => F.softplus(x[0]),
        ["silu"] = x => F.silu(x[0]),
        ["relu"] = x => F.relu(x[0]),
        ["max_pool2d"] = x => F.max_pool2d(x[0], [3, 3], [2, 2]),
        ["max_pool3d"] = x => F.max_pool3d(x[0], [1, 2, 2], [1, 2, 2]),
        ["avg_pool2d"] = x => F.avg_pool2d(x[0], [2, 2], [2, 2]),
        ["avg_pool3d"] = x => F.avg_pool3d(x[0], [2, 2, 2], [1, 1, 1]),
        ["adaptive_avg_pool2d"] = x => F.adaptive_avg_pool2d(x[0], [3, 2]),
        ["adaptive_avg_pool3d"] = x => F.adaptive_avg_pool3d(x[0], [2, 1, 1]),
        ["pixel_shuffle"] = x => F.pixel_shuffle(x[0], 2),
        ["pixel_unshuffle"] = x => F.pixel_unshuffle(x[0], 2),
        ["l1_loss"] = x => F.l1_loss(x[0], x[1]),
        ["cross_entropy"] = x => F.cross_entropy(x[0], x[1], ignore_index: 2, reduction: nn.Reduction.Sum),
        ["attention"] = x => x[2].bmm(x[0].transpose(1, 2).bmm(x[1]).softmax(-1).transpose(1, 2)),
        ["var"] = x => x[0].var(0, unbiased: false),
        ["qr"] = x => linalg.qr(x[0] + x[0].square()) is var (q, r) ? q * r.diagonal().sign() : throw new InvalidOperationException(),
        ["solve"] = x => linalg.solve(Square(x[0]), x[1]),
        ["eigh"] = x => linalg.eigh(Square(x[0])).Item1,
        ["eigvalsh"] = x => linalg.eigvalsh(Square(x[0])),
        ["svd"] = x => linalg.svd(Square(x[0])).S,
    };

    private static Tensor Square(Tensor x) => (x + x.square()) is var y ? y.mm(y.t()) + eye(x.shape[0]) : x;
}
