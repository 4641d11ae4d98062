using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.init;

namespace Leo.Torch.Tests.Nn;

/// <summary>The initial values of <c>Golden/make_golden_nn.py</c>, by the same names.</summary>
internal static class NnInitCases
{
    public static IReadOnlyDictionary<string, Func<Tensor, Tensor>> All { get; } = new Dictionary<string, Func<Tensor, Tensor>>
    {
        ["uniform_"] = t => uniform_(t, -0.3, 0.8),
        ["normal_"] = t => normal_(t, 0.5, 2),
        ["trunc_normal_"] = t => trunc_normal_(t, 0.1, 0.5, -0.4, 0.6),
        ["constant_"] = t => constant_(t, 0.25),
        ["ones_"] = ones_,
        ["zeros_"] = zeros_,
        ["eye_"] = eye_,
        ["dirac_"] = dirac_,
        ["orthogonal_"] = t => orthogonal_(t, 1.5),
        ["orthogonal_/wide"] = t => orthogonal_(t),
        ["xavier_uniform_"] = t => xavier_uniform_(t, 1.3),
        ["xavier_normal_"] = t => xavier_normal_(t),
        ["kaiming_uniform_"] = t => kaiming_uniform_(t, 0.2),
        ["kaiming_uniform_/out"] = t => kaiming_uniform_(t, 0, FanInOut.FanOut, NonlinearityType.ReLU),
        ["kaiming_normal_"] = t => kaiming_normal_(t, 0.2),
        ["kaiming_normal_/tanh"] = t => kaiming_normal_(t, 0, FanInOut.FanOut, NonlinearityType.Tanh)
    };

    public static IReadOnlyDictionary<string, Func<Module>> Born { get; } = new Dictionary<string, Func<Module>>
    {
        ["Linear"] = () => Linear(6, 5),
        ["Conv1d"] = () => Conv1d(4, 6, 3, groups: 2),
        ["Conv2d"] = () => Conv2d(4, 6, 3),
        ["Conv3d"] = () => Conv3d(2, 3, 2),
        ["ConvTranspose2d"] = () => ConvTranspose2d(4, 6, 3, bias: false),
        ["Embedding"] = () => Embedding(5, 3, padding_idx: 1),
        ["GroupNorm"] = () => GroupNorm(2, 4),
        ["LayerNorm"] = () => LayerNorm(4),
        ["BatchNorm2d"] = () => BatchNorm2d(4)
    };
}
