using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Operators;

internal static partial class OperatorCases
{
    private static readonly Dictionary<string, Case> Comparison = new()
    {
        ["eq"] = x => Out(x[0].eq(x[1])),
        ["ne"] = x => Out(x[0].ne(x[1])),
        ["ge"] = x => Out(x[0].ge(x[1])),
        ["gt"] = x => Out(x[0].gt(x[1])),
        ["le"] = x => Out(x[0].le(x[1])),
        ["lt"] = x => Out(x[0].lt(x[1])),
        ["not_equal"] = x => Out(x[0].not_equal(x[1])),
        ["greater_equal"] = x => Out(x[0].greater_equal(x[1])),
        ["greater"] = x => Out(x[0].greater(x[1])),
        ["less_equal"] = x => Out(x[0].less_equal(x[1])),
        ["less"] = x => Out(x[0].less(x[1])),
        ["eq/scalar"] = x => [x[0].eq(2), x[0].ne(2), x[0].ge(2), x[0].gt(2), x[0].le(2), x[0].lt(2)],
        ["eq_"] = x => [x[0].clone().eq_(x[1]), x[0].clone().eq_(1)],
        ["ne_"] = x => [x[0].clone().ne_(x[1]), x[0].clone().ne_(1)],
        ["ge_"] = x => [x[0].clone().ge_(x[1]), x[0].clone().ge_(1)],
        ["gt_"] = x => [x[0].clone().gt_(x[1]), x[0].clone().gt_(1)],
        ["le_"] = x => [x[0].clone().le_(x[1]), x[0].clone().le_(1)],
        ["lt_"] = x => [x[0].clone().lt_(x[1]), x[0].clone().lt_(1)],
        ["not_equal_"] = x => Out(x[0].clone().not_equal_(x[1])),
        ["less_equal_"] = x => Out(x[0].clone().less_equal_(x[1])),
        ["equal"] = x => Out(x[0].equal(x[1])),
        ["op_Equality"] = x => [x[0] == x[1], x[0] == 2, ],
        ["op_Inequality"] = x => [x[0] != x[1], x[0] != 2],
        ["op_LessThan"] = x => [x[0] < x[1], x[0] < 2, (Scalar)2 < x[0]],
        ["op_LessThanOrEqual"] = x => [x[0] <= x[1], x[0] <= 2, (Scalar)2 <= x[0]],
        ["op_GreaterThan"] = x => [x[0] > x[1], x[0] > 2, (Scalar)2 > x[0]],
        ["op_GreaterThanOrEqual"] = x => [x[0] >= x[1], x[0] >= 2, (Scalar)2 >= x[0]],
        ["op_BitwiseAnd"] = x => Out(x[0] & x[1]),
        ["op_BitwiseOr"] = x => Out(x[0] | x[1]),
        ["op_ExclusiveOr"] = x => Out(x[0] ^ x[1]),
        ["op_OnesComplement"] = x => Out(~x[0]),
        ["logical_and"] = x => Out(x[0].logical_and(x[1])),
        ["logical_or"] = x => Out(x[0].logical_or(x[1])),
        ["logical_xor"] = x => Out(x[0].logical_xor(x[1])),
        ["logical_not"] = x => Out(x[0].logical_not()),
        ["logical_and_"] = x => Out(x[0].clone().logical_and_(x[1])),
        ["logical_or_"] = x => Out(x[0].clone().logical_or_(x[1])),
        ["logical_xor_"] = x => Out(x[0].clone().logical_xor_(x[1])),
        ["logical_not_"] = x => Out(x[0].clone().logical_not_()),
        ["isfinite"] = x =>
        [
            x[0].log().isfinite(), x[0].log().isnan(), (x[0] / 0.0).isinf(), (x[0] / 0.0).isneginf(), (x[0] / 0.0).isposinf(),
            x[0].isreal()
        ],
        ["isclose"] = x => Out(x[0].isclose(x[1], 0.5, 0.5)),
        ["isin"] = x => Out(x[0].isin(x[1])),
        ["nonzero"] = x => Out(x[0].nonzero()),
        ["argwhere"] = x => Out(x[0].argwhere()),
    };
}
