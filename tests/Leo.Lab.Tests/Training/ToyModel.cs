using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Training;

/// <summary>y = tanh(x W₁ + b₁) W₂, with a buffer that counts.</summary>
internal sealed class ToyModel : nn.Module<Tensor, Tensor>
{
    internal readonly Parameter first, bias, second;
    internal readonly Tensor calls;

    internal ToyModel(int width, Generator generator) : base("toy")
    {
        first = nn.Parameter(randn([3, width], generator: generator) * 0.5f);
        bias = nn.Parameter(zeros(width));
        second = nn.Parameter(randn([width, 2], generator: generator) * 0.5f);
        calls = zeros([1], dtype: ScalarType.Int64);
        register_parameter("first", first);
        register_parameter("bias", bias);
        register_parameter("second", second);
        register_buffer("calls", calls);
    }

    public override Tensor forward(Tensor x)
    {
        calls.add_(1);
        return x.matmul(first).add(bias).tanh().matmul(second);
    }
}
