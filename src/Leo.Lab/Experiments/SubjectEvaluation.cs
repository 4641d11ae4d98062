using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Display;
using Leo.Lab.Media;
using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>All experiments of the main job on one kind of video.</summary>
/// <param name="data">The videos.</param>
/// <param name="models">The trained parts.</param>
/// <param name="options">What to sample.</param>
/// <param name="progress">Told how it goes.</param>
/// <param name="cancellation">Asks to stop.</param>
public sealed class SubjectEvaluation(SubjectData data, LeoPipeline models, EndToEndOptions options, IWorkProgress progress, CancellationToken cancellation)
{
    /// <summary>Frames between those that are judged and probed: neighbours tell next to nothing new.</summary>
    public const int Stride = 2;

    private const int ProbeVideos = 144, Shown = 3, Window = 32;

    private readonly IReadOnlyList<int> _people = data.FirstVideos();

    /// <summary>What there is to look at.</summary>
    public SubjectExhibits Exhibits { get; } = new();

    /// <summary>Runs them all.</summary>
    public SubjectReport Run()
    {
        using var noGrad = no_grad();
        var reconstruction = Reconstruct();
        var (motionCode, probe) = Probe();
        var palettes = Palettes();
        return new SubjectReport
        {
            Reconstruction = reconstruction,
            MotionCode = motionCode,
            Transfer = Transfer(probe, palettes),
            Samples = Sample(),
            LongVideo = SampleLong(palettes, withTransitions: false),
            LongVideoWithTransitions = models is { Transition: not null, StartCodes: not null } ? SampleLong(palettes, withTransitions: true) : null,
            HeldOutVideos = data.Test.Count,
            PerceptualTerm = models.Parts is { } parts ? AnimatorProvenance.PerceptualTerm(parts.Animator) : AnimatorProvenance.NotRecorded,
        };
    }

    private ReconstructionScore Reconstruct()
    {
        ReconstructionScore? result = null;
        Track("reconstruct", "videos", data.Test.Count, done =>
            result = ReconstructionEvaluation.Score(models.Animator, Enumerable.Range(0, data.Test.Count).Select(v => (data.Test.Path(v), data.TestFrames(v, Stride))), done));

        foreach (int video in _people.Take(Shown))
        {
            using var scope = NewDisposeScope();
            var frames = data.TestFrames(video);
            var source = frames.narrow(0, 0, 1);
            var made = models.Animate(source, frames);
            Exhibits.Reconstructions.Add((Beside(video, source.expand(frames.shape[0], -1, -1, -1), frames, made.Frames,
                FlowPictures.Of(made.Flow), FlowPictures.OfMask(made.Mask)), Path.GetFileName(data.Test.Path(video))));
            if (Exhibits.Trajectories.Count == 0)
                AddTrajectories(made.Codes, "Motion difference of a held-out video: the strongest of the twenty directions.");
        }
        return result!;
    }

    private (MotionCodeScore Score, PoseProbe? Probe) Probe()
    {
        if (!data.HasTruth)
            return (new MotionCodeScore(), null);
        var fitted = new List<CodedVideo>();
        var heldOut = new List<CodedVideo>();
        int fits = Math.Min(ProbeVideos, data.Train.Count);
        Track("encode", "videos", fits + data.Test.Count, done =>
        {
            for (int i = 0; i < fits; i++)
            {
                fitted.Add(Coded(data.Train, i, data.TrainTruth[i]!));
                done(i + 1);
            }
            for (int i = 0; i < data.Test.Count; i++)
            {
                heldOut.Add(Coded(data.Test, i, data.TestTruth[i]!));
                done(fits + i + 1);
            }
        });
        var score = MotionCodeScore.Of(fitted, heldOut, out var probe);
        return (score, probe);
    }

    private CodedVideo Coded(ClipStore store, int video, Data.Puppets.PuppetTruth truth)
    {
        using var codes = CodeExtraction.OfVideo(models.Animator, store, video, Stride);
        return new CodedVideo(store.Path(video), codes, [.. Enumerable.Range(0, (int)codes.shape[0]).Select(i => i * Stride)], truth);
    }

    private PeoplePalettes Palettes()
    {
        var palettes = new PeoplePalettes();
        for (int video = 0; video < data.Test.Count; video++)
        {
            using var frames = data.TestFrames(video, stride: 8);
            palettes.Add(data.PersonOf(video), frames);
        }
        return palettes;
    }

    private TransferScore Transfer(PoseProbe? probe, PeoplePalettes palettes)
    {
        if (_people.Count < 2)
            return new TransferScore();
        using var scope = NewDisposeScope();
        var motions = new List<Tensor>();
        var changes = new List<Tensor>();
        double kept = 0;
        int judged = 0;
        Track("transfer", "pairs", _people.Count, done =>
        {
            for (int i = 0; i < _people.Count; i++)
            {
                using var step = NewDisposeScope();
                int person = _people[i], driver = _people[(i + 1) % _people.Count];
                var driving = data.TestFrames(driver, i < Shown ? 1 : Stride * 2);
                int stride = i < Shown ? 1 : Stride * 2;
                var source = data.Test.Clip(person, 0, 1);
                var made = models.Animate(source, driving, AnimationMode.Relative);
                if (i < Shown)
                {
                    Exhibits.Transfers.Add((Beside(driver, source.expand(driving.shape[0], -1, -1, -1), driving, made.Frames),
                        $"{Path.GetFileName(data.Test.Path(person))} moved by {Path.GetFileName(data.Test.Path(driver))}"));
                }
                if (probe is not null)
                {
                    var codes = models.Encode(made.Frames.clamp(-1, 1));
                    var coded = new CodedVideo(data.Test.Path(driver), codes,
                        [.. Enumerable.Range(0, (int)codes.shape[0]).Select(t => t * stride)], data.TestTruth[driver]!);
                    motions.Add(coded.MotionDifference().MoveToOtherDisposeScope(scope));
                    changes.Add(coded.PoseChange().MoveToOtherDisposeScope(scope));
                }
                if (palettes.Kept(data.PersonOf(person), made.Frames.narrow(0, made.Frames.shape[0] / 2, Math.Min(16, made.Frames.shape[0] / 2))) is { } share)
                    (kept, judged) = (kept + share, judged + 1);
                done(i + 1);
            }
        });
        return new TransferScore
        {
            PoseR2 = motions.Count > 0 ? probe!.Score(cat(motions, 0), cat(changes, 0)).PoseR2 : null,
            IdentityKept = judged > 0 ? kept / judged : null,
            Pairs = _people.Count,
        };
    }

    private SampleScore Sample()
    {
        int count = options.SampleCount;
        int[] sources = [.. Enumerable.Range(0, count).Select(k => _people[k % _people.Count])];
        using var scope = NewDisposeScope();
        var pictures = cat([.. sources.Select(v => data.Test.Clip(v, 0, 1))], 0);
        double motion = 0;
        Draw(request => models.StartFrom(pictures, request), Request(options.SampleFrames, count), (k, made) =>
        {
            motion += MotionAmount.Of(made.Frames) / count;
            Exhibits.Samples.Add((FrameTensors.ToVideo(made.Frames.clamp(-1, 1), Rate), Path.GetFileName(data.Test.Path(sources[k]))));
            if (k == 0)
                AddTrajectories(made.Codes, "Motion difference of a sampled video, the same number of directions.");
        });
        if (models.StartCodes is not null)
        {
            Draw(request => models.StartFrom(pictures, request), Request(options.SampleFrames, count) with { DrawFirst = true }, (k, made) =>
                Exhibits.FreeSamples.Add((FrameTensors.ToVideo(made.Frames.clamp(-1, 1), Rate), Path.GetFileName(data.Test.Path(sources[k])))));
        }
        if (models is { StartCodes: not null, StartFrames: not null })
        {
            Draw(request => models.StartFromNobody(request), Request(options.SampleFrames, count), (k, made) =>
                Exhibits.Nobody.Add((FrameTensors.ToVideo(made.Frames.clamp(-1, 1), Rate), $"number {k + 1}")));
        }
        return new SampleScore
        {
            Count = count,
            Frames = options.SampleFrames,
            Sampler = options.Sampler.ToString(),
            Motion = motion,
            MotionReal = _people.Average(v => OfReal(v, MotionAmount.Of)),
        };
    }

    private SampleRequest Request(int frames, int count) => new() { Frames = frames, Count = count, Seed = options.Seed, Sampler = options.Sampler };

    private LongVideoScore SampleLong(PeoplePalettes palettes, bool withTransitions)
    {
        using var scope = NewDisposeScope();
        LongVideoScore? score = null;
        var picture = data.Test.Clip(_people[0], 0, 1);
        Draw(request => models.StartFrom(picture, request), Request(options.LongFrames, 1) with { TransitionEvery = withTransitions ? 1 : null }, (_, made) =>
        {
            var frames = made.Frames.clamp(-1, 1);
            var film = FrameTensors.ToVideo(frames, Rate);
            (Exhibits.Long, Exhibits.LongWithTransitions) = withTransitions ? (Exhibits.Long, film) : (film, Exhibits.LongWithTransitions);
            if (!withTransitions)
                AddTrajectories(made.Codes, "Motion difference over the whole long video.");
            long tail = Math.Min(Window, frames.shape[0]), last = Math.Min(64, frames.shape[0]);
            score = new LongVideoScore
            {
                Frames = (int)frames.shape[0],
                IdentityDrift = ColourPalette.Drift(frames, Window),
                IdentityDriftReal = _people.Average(v => OfReal(v, f => ColourPalette.Drift(f, Window))),
                IdentityKept = palettes.Kept(data.PersonOf(_people[0]), frames.narrow(0, frames.shape[0] - tail, tail)),
                MotionAtEnd = MotionAmount.Of(frames.narrow(0, frames.shape[0] - last, last)),
            };
        });
        return score!;
    }

    private void Draw(Func<SampleRequest, VideoStart> begin, SampleRequest request, Action<int, Animation> use) =>
        progress.Track($"{data.Name}: sample {request.Count} × {request.Frames} frames", "steps", report =>
        {
            using var scope = NewDisposeScope();
            var start = begin(request);
            var codes = models.SampleCodes(start, request, (done, total) =>
            {
                cancellation.ThrowIfCancellationRequested();
                report(done, total);
            });
            for (int k = 0; k < request.Count; k++)
            {
                using var step = NewDisposeScope();
                use(k, models.Render(start.Picture(k), codes[k]));
            }
        });

    private double Rate => data.Test.FramesPerSecond(_people[0]);

    private double OfReal(int video, Func<Tensor, double> measure)
    {
        using var frames = data.TestFrames(video);
        return frames.shape[0] > 1 ? measure(frames) : 0;
    }

    private Video Beside(int video, params Tensor[] columns) => VideoSheet.SideBySide(
        [.. columns.Select(c => FrameTensors.ToVideo(c.clamp(-1, 1), data.Test.FramesPerSecond(video)))]);

    private void AddTrajectories(Tensor codes, string caption) => Exhibits.Trajectories.Add((CodeChart.Of(codes, caption, strongest: 6), caption));

    private void Track(string title, string unit, int total, Action<Action<int>> work) =>
        progress.Track($"{data.Name}: {title}", unit, report => work(done =>
        {
            cancellation.ThrowIfCancellationRequested();
            report(done, total);
        }));
}
