using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Operators;

internal static partial class OperatorCases
{
    private static readonly Dictionary<string, Case> Reduction = new()
    {
        ["all"] = x => [x[0].all(), x[0].all(1), x[0].all(0, true)],
        ["any"] = x => [x[0].any(), x[0].any(1), x[0].any(0, true)],
        ["amax"] = x => [x[0].amax(0, 2), x[0].amax([1], true), x[0].amax()],
        ["amin"] = x => [x[0].amin(0, 2), x[0].amin([1], true), x[0].amin()],
        ["aminmax"] = x => [.. Two(x[0].detach().aminmax()), .. Two(x[0].detach().aminmax(1, true))],
        ["argmax"] = x => [x[0].argmax(), x[0].argmax(1), x[0].argmax(0, true)],
        ["argmin"] = x => [x[0].argmin(), x[0].argmin(1), x[0].argmin(0, true)],
        ["count_nonzero"] = x => [x[0].count_nonzero(), x[0].count_nonzero([1])],
        ["logsumexp"] = x => [x[0].logsumexp(1), x[0].logsumexp(0, true)],
        ["max"] = x => [x[0].max(), x[0].max(x[1]), .. Two(x[0].max(1)), .. Two(x[0].max(0, true))],
        ["min"] = x => [x[0].min(), x[0].min(x[1]), .. Two(x[0].min(1)), .. Two(x[0].min(0, true))],
        ["mean"] = x => [x[0].mean(), x[0].mean([1]), x[0].mean([0, 2], true)],
        ["median"] = x => Out(x[0].median()),
        ["nanmean"] = x => [x[0].detach().log().nanmean(), x[0].nanmean(1)],
        ["nanmedian"] = x => Out(x[0].nanmedian()),
        ["nansum"] = x => Out(x[0].nansum()),
        ["mode"] = x => Out(Two(x[0].mode(1))),
        ["kthvalue"] = x => Out(Two(x[0].kthvalue(2, 1))),
        ["quantile"] = x => [x[0].quantile(x[1].detach(), 1), x[0].quantile(x[1].detach(), 0, true)],
        ["nanquantile"] = x => Out(x[0].nanquantile(x[1].detach(), 1)),
        ["prod"] = x => [x[0].prod(), x[0].prod(1), x[0].prod(0, true)],
        ["sum"] = x => [x[0].sum(), x[0].sum(1), x[0].sum([0, 2], true), x[0].sum(0, 1), x[0].sum(0, 1, 2), x[0].sum(float32)],
        ["norm"] = x => [x[0].norm(), x[0].norm(1f), x[0].norm(1, false, 3f), x[0].norm(0, true)],
        ["dist"] = x => [x[0].dist(x[1]), x[0].dist(x[1], 1)],
        ["trace"] = x => Out(x[0].trace()),
        ["cumsum"] = x => Out(x[0].cumsum(1)),
        ["cumprod"] = x => Out(x[0].cumprod(1)),
        ["cummax"] = x => Out(Two(x[0].cummax(1))),
        ["cummin"] = x => Out(Two(x[0].cummin(1))),
        ["logcumsumexp"] = x => Out(x[0].logcumsumexp(1)),
        ["histc"] = x => Out(x[0].detach().histc(4, -1, 1)),
        ["bincount"] = x => [x[0].bincount(null), x[0].bincount(x[1].detach(), 6)],
        ["sort"] = x => [.. Two(x[0].sort()), .. Two(x[0].sort(0, true)), .. Two(x[0].sort(1, stable: true))],
        ["argsort"] = x => [x[0].argsort(), x[0].argsort(0, true)],
        ["msort"] = x => Out(x[0].msort()),
        ["topk"] = x => [.. Two(x[0].topk(2)), .. Two(x[0].topk(1, 0, false))],
        ["unique"] = x => [x[0].unique().output, .. Three(x[0].unique(true, true, true)), x[0].unique(dim: 1).output],
        ["bucketize"] = x =>
        [
            x[0].detach().bucketize(tensor(new[] { -1.0, 0, 1 })),
            x[0].detach().bucketize(tensor(new[] { -1.0, 0, 1 }), right: true)
        ],
        ["diff"] = x => [x[0].diff(), x[0].diff(2, 1), x[0].diff(1, 1, x[1])],
        ["renorm"] = x => Out(x[0].renorm(2, 0, 1)),
        ["cov"] = x => [x[0].cov(), x[0].cov(0)],
        ["corrcoef"] = x => Out(x[0].corrcoef()),
        ["unique_consecutive"] = x => [x[0].unique_consecutive().output, .. Three(x[0].unique_consecutive(true, true))],
        ["trapezoid"] = x => [x[0].trapezoid(), x[0].trapezoid(x[1]), x[0].trapezoid(0.5, 0)],
        ["cumulative_trapezoid"] = x => [x[0].cumulative_trapezoid(), x[0].cumulative_trapezoid(x[1]), x[0].cumulative_trapezoid(0.5, 0)],
    };
}
