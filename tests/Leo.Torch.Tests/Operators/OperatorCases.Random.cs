using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Operators;

internal static partial class OperatorCases
{
    private static readonly Dictionary<string, Case> Random = new()
    {
        ["rand"] = x => [rand(2, 3, generator: Seed(7)), rand(2, generator: Seed(8), dtype: float64)],
        ["randn"] = x => [randn(2, 3, generator: Seed(7)), randn(4, 5, generator: Seed(8))],
        ["randint"] = x => [randint(2, 9, [2, 3], generator: Seed(7)), randint(5, [4L], generator: Seed(8))],
        ["randperm"] = x => Out(randperm(9, generator: Seed(7))),
        ["normal"] = x => Out(normal(x[0].detach(), x[1].detach(), Seed(7))),
        ["bernoulli"] = x => Out(x[0].detach().bernoulli(Seed(7))),
        ["bernoulli_"] = x => [zeros(3, 4).bernoulli_(0.3, Seed(7)), zeros(3, 4).bernoulli_(x[0].detach(), Seed(7))],
        ["multinomial"] = x => [x[0].detach().multinomial(3, generator: Seed(7)), x[0].detach().multinomial(8, true, Seed(7))],
        ["cauchy_"] = x => Out(zeros(3, 4).cauchy_(0.5, 2, Seed(7))),
        ["exponential_"] = x => Out(zeros(3, 4).exponential_(2, Seed(7))),
        ["geometric_"] = x => Out(zeros(3, 4).geometric_(0.3, Seed(7))),
        ["log_normal_"] = x => Out(zeros(3, 4).log_normal_(0.5, 0.2, Seed(7))),
        ["normal_"] = x => Out(zeros(3, 4).normal_(0.5, 2, Seed(7))),
        ["random_"] = x => Out(zeros(3, 4).random_(2, 9, Seed(7))),
        ["uniform_"] = x => Out(zeros(3, 4).uniform_(-1, 3, Seed(7))),
        ["poisson"] = x => Out(x[0].detach().poisson(Seed(7))),
        ["fill_"] = x => [x[0].detach().clone().fill_(1.5), x[0].detach().clone().zero_(), x[0].clone().copy_(x[0].t().reshape(2, 3))],
        ["rand_like"] = x => Out(Likes(x[0])),
    };
}
