using static TorchSharp.torch.nn;

namespace Leo.Torch.Tests.Nn;

/// <summary>The losses of <c>Golden/make_golden_nn.py</c>, by the same names.</summary>
internal static class NnLossCases
{
    public static IReadOnlyDictionary<string, Func<Module>> All { get; } = Enum.GetValues<Reduction>().SelectMany(Each)
        .ToDictionary(c => c.Name, c => c.Make);

    private static IEnumerable<(string Name, Func<Module> Make)> Each(Reduction r)
    {
        string end = "/" + r.ToString().ToLowerInvariant();
        yield return ("MSELoss" + end, () => MSELoss(r));
        yield return ("L1Loss" + end, () => L1Loss(r));
        yield return ("SmoothL1Loss" + end, () => SmoothL1Loss(r, 0.6));
        yield return ("HuberLoss" + end, () => HuberLoss(0.6, r));
        yield return ("BCEWithLogitsLoss" + end, () => BCEWithLogitsLoss(reduction: r));
        yield return ("BCELoss" + end, () => BCELoss(reduction: r));
        yield return ("CrossEntropyLoss" + end, () => CrossEntropyLoss(reduction: r));
        yield return ("NLLLoss" + end, () => NLLLoss(reduction: r));
        yield return ("KLDivLoss" + end, () => KLDivLoss(true, r));
    }
}
