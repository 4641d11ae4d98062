using Leo.Lab.Data.Puppets;
using Leo.Lab.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments.Extractor;

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
    /// <param name="progress">Told how many of how many clips were looked at. May throw to stop. <value>Default null.</value></param>
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

/// <summary>How an extractor's Fréchet distance answers to spoilt videos.</summary>
/// <param name="Extractor">Which extractor.</param>
/// <param name="Kind"><c>faces</c> or <c>bodies</c>.</param>
/// <param name="Clips">Clips on either side.</param>
/// <param name="Clean">Distance between two sets of which nothing is spoilt.</param>
/// <param name="Curves">For each way to spoil, the distances at rising strength.</param>
public sealed record SensitivityReport(string Extractor, string Kind, int Clips, double Clean, IReadOnlyDictionary<string, IReadOnlyList<double>> Curves)
{
    /// <summary>Whether every curve begins above the clean distance and rises at every step.</summary>
    public bool Monotone => Curves.Keys.All(Rises);

    /// <summary>Whether one curve does.</summary>
    public bool Rises(string curve)
    {
        double last = Clean;
        foreach (double value in Curves[curve])
        {
            if (!(value > last))
                return false;
            last = value;
        }
        return true;
    }
}

/// <summary>Spoils clips in a known way and measure: what a yardstick of videos has to notice, and hard negatives to train one with.</summary>
public static class ClipDegradation
{
    // At full strength: deviation of the noise in levels of 255, and of the blur in pixels of a frame of 64.
    private const double NoiseAtMost = 48, BlurAtMost = 3;

    /// <summary>Spoils a clip.</summary>
    /// <param name="kind">How.</param>
    /// <param name="strength">0 leaves it as it is, 1 is the most.</param>
    /// <param name="clip">[T, 3, H, W], values 0 to 255.</param>
    /// <param name="other">Another person's clip of the same shape; looked at for <see cref="ClipDegradationKind.Swap"/> only.</param>
    /// <param name="generator">What it is drawn from.</param>
    /// <returns>[T, 3, H, W] float32, values 0 to 255.</returns>
    /// <exception cref="ArgumentException">Shapes differ, or the strength is outside 0 to 1.</exception>
    public static Tensor Apply(ClipDegradationKind kind, double strength, Tensor clip, Tensor other, Generator generator)
    {
        if (!(strength >= 0 && strength <= 1))
            throw new ArgumentException($"A strength lies between 0 and 1, not at {strength}.", nameof(strength));
        if (clip.dim() != 4 || !clip.shape.SequenceEqual(other.shape))
            throw new ArgumentException($"Clips [{string.Join(", ", clip.shape)}] and [{string.Join(", ", other.shape)}] do not pair up.", nameof(other));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var frames = clip.to(ScalarType.Float32);
        var spoilt = kind switch
        {
            ClipDegradationKind.Noise => (frames + randn(frames.shape, float32, generator: generator) * (NoiseAtMost * strength)).clamp(0, 255),
            ClipDegradationKind.Blur => Blur(frames, BlurAtMost * strength * frames.shape[3] / 64),
            ClipDegradationKind.Shuffle => Shuffle(frames, strength, generator),
            ClipDegradationKind.Freeze => Freeze(frames, strength),
            ClipDegradationKind.Swap => Swap(frames, other.to(ScalarType.Float32), strength),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such degradation."),
        };
        return (ReferenceEquals(spoilt, clip) ? spoilt.clone() : spoilt).MoveToOuterDisposeScope();
    }

    private static Tensor Blur(Tensor frames, double sigma)
    {
        if (sigma < 0.05)
            return frames.clone();
        long reach = (long)Math.Ceiling(3 * sigma);
        var at = arange(-reach, reach + 1, dtype: float32);
        var bell = (at.square() / (-2 * sigma * sigma)).exp();
        var window = bell / bell.sum();
        var planes = frames.reshape(-1, 1, frames.shape[2], frames.shape[3]);
        // The border is continued by its own pixels, so that it does not darken.
        planes = nn.functional.pad(planes, [reach, reach, reach, reach], PaddingModes.Replicate);
        planes = nn.functional.conv2d(nn.functional.conv2d(planes, window.reshape(1, 1, -1, 1)), window.reshape(1, 1, 1, -1));
        return planes.reshape(frames.shape);
    }

    // Frames drawn at random change places in a circle: so many that the strength is about the share of neighbours that no longer follow each other.
    private static Tensor Shuffle(Tensor frames, double strength, Generator generator)
    {
        long count = frames.shape[0], moved = (long)Math.Round(count * (1 - Math.Sqrt(1 - strength)));
        if (moved < 2)
            return frames.clone();
        long[] chosen = [.. randperm(count, dtype: int64, generator: generator).data<long>().Take((int)moved)];
        long[] order = [.. Enumerable.Range(0, (int)count).Select(t => (long)t)];
        for (int i = 0; i < chosen.Length; i++)
            order[chosen[i]] = chosen[(i + 1) % chosen.Length];
        return frames.index_select(0, tensor(order));
    }

    // The last share of the frames stands still.
    private static Tensor Freeze(Tensor frames, double strength)
    {
        long count = frames.shape[0], last = count - 1 - (long)Math.Round(strength * (count - 1));
        return frames.index_select(0, arange(count, dtype: int64).clamp_max(last));
    }

    // Up to half of the frames, those at the end, are another person's.
    private static Tensor Swap(Tensor frames, Tensor other, double strength)
    {
        long count = frames.shape[0], swapped = (long)Math.Round(strength * count / 2);
        return swapped == 0 ? frames.clone() : cat([frames.narrow(0, 0, count - swapped), other.narrow(0, count - swapped, swapped)], 0);
    }
}

/// <summary>Ways to spoil a clip.</summary>
public enum ClipDegradationKind
{
    /// <summary>Gaussian noise on every pixel.</summary>
    Noise,

    /// <summary>Gaussian blur of every frame.</summary>
    Blur,

    /// <summary>Frames in a wrong order.</summary>
    Shuffle,

    /// <summary>A clip that comes to a stop.</summary>
    Freeze,

    /// <summary>The end of the clip is another person's.</summary>
    Swap,
}
