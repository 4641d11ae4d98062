using Leo.Lab.Diffusion;
using Leo.Lab.Metrics;
using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>
/// Measures a motion model by its codes alone, without rendering (LEO Tables 4 and 5, Fig. 6): how they are distributed, how smoothly they
/// move, whether long motion holds, joins and repeats itself.
/// </summary>
/// <param name="motion">The motion model.</param>
/// <param name="real">Codes of real videos, of the same animator.</param>
/// <param name="startCodes">Where first codes come from; null takes real ones.</param>
/// <param name="transitions">Where long motion changes its pattern; null never.</param>
/// <param name="progress">Told a title and the denoising steps done and in all.</param>
public sealed class MotionEvaluation(MotionModel motion, CodeSequences real, StartCodeModel? startCodes = null, Transitions? transitions = null, Action<string, long, long>? progress = null)
{
    private const int Batch = 64, Frechets = 8, DiversitySets = 8;

    private readonly IReadOnlyList<float> _scale = CodeNormalizer.ForCodes(real).Scale;
    private readonly int _length = motion.Settings.Length;

    /// <summary>Samples and measures.</summary>
    /// <param name="request">How many videos, how long, how.</param>
    /// <exception cref="LeoException">The codes are not this model's, or too few; the model cannot make so many frames.</exception>
    public MotionScore Run(SampleRequest request)
    {
        Require(request);
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var (windows, halves) = RealWindows();
        var codes = Sample(request, FirstCodes(request.Seeds, windows), "sample");
        var first = codes.narrow(1, 0, _length);
        var statistics = MotionStatistics.Of(windows, _scale);
        CodeMoments moments = CodeMoments.Of(first, _scale), realMoments = CodeMoments.Of(windows, _scale);
        bool isLong = request.Frames >= 2 * MotionRepetition.Window;
        var repetitions = isLong ? Enumerable.Range(0, request.Count).Select(k => MotionRepetition.Of(codes[k], _scale)).ToList() : null;
        return new MotionScore
        {
            Videos = request.Count,
            Frames = request.Frames,
            Sampler = request.Sampler.ToString(),
            LinearMotionCondition = motion is ConditionalMotionModel,
            FirstCodes = motion is not ConditionalMotionModel ? "the model" : startCodes is null ? "real videos" : "p(α)",
            RealSequences = (int)windows.shape[0],
            Frechet = Frechet(first, windows),
            FrechetReal = Frechet(windows.index_select(0, halves.Even), windows.index_select(0, halves.Odd)),
            Motion = MotionStatistics.Of(first, _scale).Against(statistics),
            MeanError = moments.MeanError(realMoments),
            CovarianceError = moments.CovarianceError(realMoments),
            Autocorrelation = moments.Autocorrelation,
            AutocorrelationReal = realMoments.Autocorrelation,
            Diversity = motion is ConditionalMotionModel ? Diversity(request, windows) / MotionDiversity.Of(windows, _scale) : null,
            Joins = MotionJoins.Of(codes, _length, _scale, motion.Settings.History),
            RepeatedMotion = repetitions?.Average(r => r.Repeats ? 1.0 : 0),
            RepeatedShare = repetitions?.Average(r => r.Share),
            RepeatedMotionReal = isLong && real.Videos.All(v => v.Frames >= request.Frames)
                ? real.Videos.Average(v => MotionRepetition.Of(v.ToTensor().narrow(0, 0, request.Frames), _scale).Repeats ? 1.0 : 0)
                : null,
            Drift = Drift(codes),
        };
    }

    private void Require(SampleRequest request)
    {
        if (real.Dim != motion.Settings.Dim)
            throw new LeoException("the codes", $"have {real.Dim} numbers, the motion model's {motion.Settings.Dim}", "Extract them with the animator that the model belongs to");
        if (_length <= CodeMoments.Lags[^1])
            throw new LeoException("the motion model", $"makes sequences of {_length} frames, expected more than {CodeMoments.Lags[^1]}", "Give a model of longer sequences");
        if (real.Videos.Count(v => v.Frames >= _length) < 4)
            throw new LeoException("the codes", $"have {real.Videos.Count(v => v.Frames >= _length)} videos of {_length} frames or more, expected 4", "Give more videos, or longer ones");
        if (request.Count < 2 || request.Frames < _length)
            throw new LeoException("the request", $"is for {request.Count} videos of {request.Frames} frames, expected at least 2 of {_length}", "Ask for more");
        if (motion is not ConditionalMotionModel && request.Frames > _length)
            throw new LeoException("the request", $"is for {request.Frames} frames; a motion model without Linear Motion Condition makes {_length}", $"Ask for {_length} frames");
    }

    // Sequences of the model's length, half a length apart; and which of them come from every second video.
    private (Tensor Windows, (Tensor Even, Tensor Odd) Halves) RealWindows()
    {
        var windows = new List<Tensor>();
        var (even, odd) = (new List<long>(), new List<long>());
        for (int v = 0; v < real.Videos.Count; v++)
        {
            var codes = real.Videos[v].ToTensor();
            for (long start = 0L; start + _length <= codes.shape[0]; start += Math.Max(_length / 2, 1))
            {
                (v % 2 == 0 ? even : odd).Add(windows.Count);
                windows.Add(codes.narrow(0, start, _length));
            }
        }

        return (stack(windows), (tensor(even.ToArray()), tensor(odd.ToArray())));
    }

    private Tensor? FirstCodes(IReadOnlyList<long> seeds, Tensor windows)
    {
        if (motion is not ConditionalMotionModel) return null;
        if (startCodes is not null) return startCodes.Sample([.. seeds], SamplerSpec.Ddpm);
        long[] picked = [.. seeds.Select(seed => (long)((ulong)Seeds.Derive(seed, "real first code") % (ulong)windows.shape[0]))];
        return windows.select(1, 0).index_select(0, tensor(picked));
    }

    private Tensor Sample(SampleRequest request, Tensor? alpha1, string title)
    {
        var sampler = new MotionSampler(motion, request.Sampler, transitions);
        var (done, all) = (0L, sampler.Steps(request.Frames) * ((request.Count + Batch - 1) / Batch));
        var parts = new List<Tensor>();
        foreach (long[] seeds in request.Seeds.Chunk(Batch))
        {
            var start = alpha1?.narrow(0, parts.Count * Batch, seeds.Length);
            parts.Add(sampler.Sample(start, request.Frames, seeds, _ => progress?.Invoke(title, ++done, all)));
        }

        return cat(parts, 0);
    }

    private double Diversity(SampleRequest request, Tensor windows)
    {
        var sets = request with { Count = DiversitySets * DiversitySets, Frames = _length, Seed = Seeds.Derive(request.Seed, "diversity") };
        var alpha1 = FirstCodes([.. sets.Seeds.Take(DiversitySets)], windows)!.repeat_interleave(DiversitySets, 0);
        var codes = Sample(sets, alpha1, "sample from the same first codes");
        return Enumerable.Range(0, DiversitySets).Average(s => MotionDiversity.Of(codes.narrow(0, s * DiversitySets, DiversitySets), _scale));
    }

    private double Frechet(Tensor sampled, Tensor sequences)
    {
        return FrechetDistance.Between(Features(sampled), Features(sequences), new FrechetForm(true, MatrixRoot.Eigen), "sampled codes", "real codes");

        Tensor Features(Tensor codes)
        {
            long[] at = Enumerable.Range(0, Frechets).Select(i => (long)Math.Round(i * (_length - 1.0) / (Frechets - 1))).ToArray();
            return (codes.index_select(1, tensor(at)) / tensor(_scale.ToArray())).flatten(1).to(ScalarType.Float64);
        }
    }

    private List<CodeDrift> Drift(Tensor codes)
    {
        var drift = new List<CodeDrift>();
        var (firstMean, firstStd, firstSpeed) = Window(0);
        int stride = _length - motion.Settings.History;
        for (int from = stride; from + _length <= codes.shape[1]; from += stride)
        {
            var (mean, std, speed) = Window(from);
            drift.Add(new CodeDrift(from, (mean - firstMean).square().mean().sqrt().item<float>(), (std / firstStd).log().mean().exp().item<float>(), speed / firstSpeed));
        }

        return drift;

        (Tensor Mean, Tensor Std, double Speed) Window(long from)
        {
            var a = codes.narrow(1, from, _length) / tensor(_scale.ToArray());
            return (a.mean([0L, 1L]), a.flatten(0, 1).std(0), (a.narrow(1, 1, _length - 1) - a.narrow(1, 0, _length - 1)).square().sum(2).sqrt().mean().item<float>());
        }
    }
}
