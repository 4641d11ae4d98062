using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Operators;

internal static partial class OperatorCases
{
    private static readonly Dictionary<string, Case> Conversion = new()
    {
        ["to_type"] = x =>
        [
            x[0].to_type(float32), x[0].to(int64), x[0].half(), x[0].bfloat16(), x[0].abs().@byte(), x[0].@bool(), x[0].@int(),
            x[0].@short(), x[0].@char(), x[0].@long(), x[0].@float(), x[0].@double()
        ],
        ["type"] = x => [x[0].type(float32), x[0].type_as(x[1]), x[0].type(t => t.@double())],
        ["cpu"] = x => [x[0].cpu(), x[0].detach(), x[0].clone().detach_(), x[0].alias()],
    };
}
