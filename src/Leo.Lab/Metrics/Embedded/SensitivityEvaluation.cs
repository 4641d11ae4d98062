using Leo.Lab.Data.Puppets;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Embedded;

/// <summary>
/// Whether an extractor makes a meaningful FVD: the distance between drawn puppets and other drawn puppets has to rise with everything that
/// spoils videos – noise, blur, frames in a wrong order, frames that stand still, a person who becomes another, motions that are not among the real ones.
/// </summary>
/// <param name="extractor">What is judged.</param>
/// <param name="kind">Which puppets.</param>
/// <param name="seed">Who they are.</param>
public sealed class SensitivityEvaluation(IVideoExtractor extractor, PuppetKind kind, long seed)
{
    private const int Size = 64;

    /// <summary>Clips on either side.</summary>
    /// <value>256</value>
    public int Clips { get; init; } = 256;

    /// <summary>Frames of a clip.</summary>
    /// <value>16</value>
    public int Frames { get; init; } = 16;

    /// <summary>Every how many frames one is taken: at 1 the puppets hardly move in 16 frames.</summary>
    /// <value>4</value>
    public int Stride { get; init; } = 4;

    /// <summary>The strengths that are tried.</summary>
    public static IReadOnlyList<double> Strengths { get; } = [0.2, 0.4, 0.6, 0.8, 1];

    /// <summary>Measures.</summary>
    /// <param name="progress">Told how many of how many clips were looked at. May throw to stop. <value>Default nobody.</value></param>
    public SensitivityReport Run(Action<int, int>? progress = null)
    {
        using var noGrad = no_grad();
        // Of bodies every other motion is a real one and the rest come in as the spoilt motion; five times as many people leave enough of each.
        // The manners of faces are scales of the same movements, which a short clip does not tell: theirs is half the pace.
        int span = ((Frames - 1) * Stride) + 1;
        bool patterned = kind == PuppetKind.Bodies;
        var puppets = new PuppetClips(kind, Seeds.Derive(seed, "sensitivity"), 0, (patterned ? 5 : 2) * Clips, span, Size);
        int[] usual = [.. Enumerable.Range(0, puppets.Count).Where(v => !patterned || puppets.Pattern(v) % 2 == 0)];
        int[] unusual = [.. Enumerable.Range(0, puppets.Count).Except(usual)];
        if (usual.Length < 2 * Clips || (patterned && unusual.Length < Clips))
            throw new MetricException("--clips", $"{usual.Length} and {unusual.Length} puppets of either group of motions do not make {Clips} clips", "Take more");
        int all = Clips * (2 + ((Enum.GetValues<ClipDegradationKind>().Length + 1) * Strengths.Count)), done = 0;

        Tensor Look(Func<int, Generator, Tensor> clip, string purpose)
        {
            using var generator = Seeds.Generator(seed, "sensitivity/" + purpose);
            using var scope = NewDisposeScope();
            var rows = new List<Tensor>();
            for (int i = 0; i < Clips; i++)
            {
                using var inner = NewDisposeScope();
                // Videos are bytes: what is spoilt is rounded as an encoder would.
                rows.Add(extractor.Features(clip(i, generator).round(), ClipResize.Stretch).to(ScalarType.Float32).MoveToOuterDisposeScope());
                progress?.Invoke(++done, all);
            }
            return cat([.. rows], 0).MoveToOuterDisposeScope();
        }

        using var scope = NewDisposeScope();
        var real = Look((i, _) => puppets.Clip(usual[i], 0, Frames, Stride), "real");
        double Distance(Func<int, Generator, Tensor> clip, string purpose)
        {
            using var set = Look(clip, purpose);
            return FrechetDistance.Between(real, set, FrechetForm.StyleGanV);
        }
        Tensor Foreign(int i) => patterned ? puppets.Clip(unusual[i], 0, Frames, Stride) : puppets.Clip(usual[Clips + i], 0, Frames, Math.Max(1, Stride / 2));
        Tensor Held(int i) => puppets.Clip(usual[Clips + (i % Clips)], 0, Frames, Stride);

        double clean = Distance((i, _) => Held(i), "clean");
        var curves = new Dictionary<string, IReadOnlyList<double>>();
        foreach (var degradation in Enum.GetValues<ClipDegradationKind>())
        {
            curves[degradation.ToString().ToLowerInvariant()] =
                [.. Strengths.Select(s => Distance((i, generator) => ClipDegradation.Apply(degradation, s, Held(i), Held(i + 1), generator), $"{degradation}"))];
        }
        curves["motion"] = [.. Strengths.Select(s => Distance((i, _) => i < s * Clips ? Foreign(i) : Held(i), "motion"))];
        return new SensitivityReport(extractor.Name, kind.ToString().ToLowerInvariant(), Clips, clean, curves);
    }
}
