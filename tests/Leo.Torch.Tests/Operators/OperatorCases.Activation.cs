using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Operators;

internal static partial class OperatorCases
{
    private static readonly Dictionary<string, Case> Activation = new()
    {
        ["relu"] = x => Out(x[0].relu()),
        ["gelu"] = x => Out(x[0].gelu()),
        ["silu"] = x => Out(x[0].silu()),
        ["selu"] = x => Out(x[0].selu()),
        ["relu_"] = x => Out(x[0].clone().relu_()),
        ["silu_"] = x => Out(x[0].clone().silu_()),
        ["selu_"] = x => Out(x[0].clone().selu_()),
        ["relu6_"] = x => Out(x[0].clone().relu6_()),
        ["hardsigmoid_"] = x => Out(x[0].clone().hardsigmoid_()),
        ["hardswish_"] = x => Out(x[0].clone().hardswish_()),
        ["gelu_"] = x => Out(x[0].clone().gelu_()),
        ["relu6"] = x => Out(x[0].relu6()),
        ["celu"] = x => [x[0].celu(), x[0].celu(0.5)],
        ["celu_"] = x => [x[0].clone().celu_(), x[0].clone().celu_(0.5)],
        ["elu"] = x => [x[0].elu(0.7), x[0].elu(0.7, 1.1, 0.9)],
        ["elu_"] = x => [x[0].clone().elu_(0.7), x[0].clone().elu_(0.7, 1.1, 0.9)],
        ["glu"] = x => Out(x[0].glu()),
        ["hardsigmoid"] = x => Out(x[0].hardsigmoid()),
        ["hardswish"] = x => Out(x[0].hardswish()),
        ["hardtanh"] = x => Out(x[0].hardtanh(-0.5, 0.5)),
        ["hardtanh_"] = x => Out(x[0].clone().hardtanh_(-0.5, 0.5)),
        ["leaky_relu"] = x => Out(x[0].leaky_relu(0.2)),
        ["leaky_relu_"] = x => Out(x[0].clone().leaky_relu_(0.2)),
        ["log_sigmoid"] = x => Out(x[0].log_sigmoid()),
        ["prelu"] = x => Out(x[0].prelu(x[1])),
        ["softplus"] = x => Out(x[0].softplus(2, 0.5)),
        ["softmax"] = x => Out(x[0].softmax(-1)),
        ["softmax/dtype"] = x => Out(x[0].softmax(0, float32)),
        ["log_softmax"] = x => Out(x[0].log_softmax(0)),
        ["threshold"] = x => Out(x[0].threshold(0.1, -2)),
        ["threshold_"] = x => Out(x[0].clone().threshold_(0.1, -2)),
    };
}
