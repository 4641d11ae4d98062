using System.CommandLine;
using System.Globalization;
using Leo.Lab;
using Leo.Lab.Data;
using Leo.Lab.Diffusion;
using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Cli.Commands;

/// <summary><c>leo sample</c>: new videos, of a person (LEO §3.2, Option 1 of §3.3) or from nothing (Option 2).</summary>
internal static class SampleCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var animator = CommonOptions.Path("--animator", "file", "Animator: a checkpoint or a run folder.");
        var motion = CommonOptions.Path("--motion", "file", "Motion model: a checkpoint or a run folder.");
        var source = CommonOptions.OptionalPath("--source", "image", "Who is shown: an image, the first frame of a video, or a .safetensors with `frames`.");
        var startFrame = CommonOptions.OptionalPath("--start-frame", "file", "Model of starting frames, in place of --source: every video shows somebody else, drawn in the pose of a code from --start-code.");
        var guidance = new Option<double>("--guidance") { Description = "How strongly a drawn starting frame is held to its code: 1 as learnt, more for closer and less varied.", DefaultValueFactory = _ => 1 };
        var start = CommonOptions.OptionalPath("--start-code", "file", "Model of starting codes: the first pose is drawn from it instead of being the source's own.");
        var transition = CommonOptions.OptionalPath("--transition", "file", "Transition DM: long videos change to another pattern of motion now and then; takes --start-code for where to.");
        var every = CommonOptions.Count("--transition-every", "Sequences of the motion model before each transition.", 1);
        var first = new Option<string?>("--first") { Description = "The first pose: the source's own, or drawn from --start-code. Default drawn where there is --start-code and no --transition, else the source's." };
        first.AcceptOnlyFromAmong("source", "drawn");
        var output = CommonOptions.Path("--out", "folder", "Folder to fill: sample-00.mp4, … or with --format safetensors float tensors `frames`, `codes`, `flow`, `mask`.");
        var frames = CommonOptions.Count("--frames", "Frames of each video; longer than the model's 64 by going on from the last code.", 64, least: 2);
        var count = CommonOptions.Count("--count", "Videos, each with a seed of its own.", 4);
        var sampler = new Option<string>("--sampler") { Description = $"{SamplerSpec.Forms}.", DefaultValueFactory = _ => "ddpm" };
        var format = new Option<string>("--format") { Description = "What to write.", DefaultValueFactory = _ => "mp4" };
        format.AcceptOnlyFromAmong("mp4", "gif", "webm", "safetensors");
        var rate = new Option<double>("--fps") { Description = "Frames a second of the videos.", DefaultValueFactory = _ => 25 };
        var seed = CommonOptions.Seed();
        var precision = CommonOptions.Precision();

        return new LeoCommand("sample", "Sample new videos: of the person in an image, or of people who are drawn too. The same seed gives the same videos.",
            "leo sample --animator runs/faces --motion runs/faces-motion --source me.png --frames 64 --count 4 --sampler ddim:50 --out out/samples",
            "leo sample --animator a.safetensors --motion m.safetensors --source me.png --frames 512 --count 1 --seed 7 --out out/long",
            "leo sample --animator a.safetensors --motion m.safetensors --start-code s.safetensors --source me.png --out out/free",
            "leo sample --animator a.safetensors --motion m.safetensors --start-code s.safetensors --transition t.safetensors --source me.png --frames 1000 --count 1 --sampler dpm++:20 --out out/endless",
            "leo sample --animator a.safetensors --motion m.safetensors --start-code s.safetensors --start-frame f.safetensors --count 8 --out out/nobody")
        .With(animator, motion, source, startFrame, guidance, start, first, transition, every, output, frames, count, sampler, seed, format, rate, precision)
        .Requires(result => (result.GetResult(source) is null) == (result.GetResult(startFrame) is null) ? "Say who is shown: give either --source or --start-frame." : null)
        .Requires(result => result.GetResult(start) is null && result.GetResult(startFrame) is not null ? "--start-frame draws people in the pose of a code; give --start-code too." : null)
        .Divides().Does(parsed =>
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var spec = SamplerSpec.Parse(parsed.GetValue(sampler)!);
            using var leo = LeoPipeline.Load(new LeoParts(parsed.GetRequiredValue(animator))
            {
                Motion = parsed.GetRequiredValue(motion),
                StartCodes = parsed.GetValue(start),
                StartFrames = parsed.GetValue(startFrame),
                Transition = parsed.GetValue(transition),
            }, device: CommonOptions.DeviceOf(parsed), precision: CommonOptions.PrecisionGiven(parsed, precision) ?? default);
            CommonOptions.TellPrecision(shell, leo);
            CommonOptions.ApplyThreads(parsed, leo.Size);
            bool drawn = parsed.GetValue(first) is { } choice ? choice == "drawn" : leo is { StartCodes: not null, Transition: null };
            if (leo.StartCodes is null && (leo.Transition is not null || drawn))
                throw new LeoException(leo.Transition is not null ? "--transition" : "--first drawn", "there is no model of starting codes to draw from", "Give --start-code FILE");

            // Each process makes its part of the videos, which do not depend on each other.
            int all = parsed.GetValue(count), from = (int)((long)all * shell.Team.Rank / shell.Team.Size);
            var request = new SampleRequest
            {
                Frames = parsed.GetValue(frames),
                First = from,
                Count = (int)((long)all * (shell.Team.Rank + 1) / shell.Team.Size) - from,
                Seed = parsed.GetValue(seed),
                Sampler = spec,
                DrawFirst = drawn,
                TransitionEvery = leo.Transition is null ? null : parsed.GetValue(every),
                Guidance = parsed.GetValue(guidance),
            };
            string folder = parsed.GetRequiredValue(output);
            string[] paths = [.. Enumerable.Range(0, all).Select(k => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"sample-{k:00}.{parsed.GetValue(format)}")))];
            if (request.Count > 0)
                Make(shell, leo, parsed.GetValue(source), request, paths.AsSpan(from, request.Count).ToArray(), parsed.GetValue(rate));
            shell.Team.Barrier();

            shell.Print($"{folder}: {all} videos of {request.Frames} frames");
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "sample", Out = paths, request.Frames, Count = all, request.Seed, Sampler = spec.ToString() });
            return ExitCode.Success;
        });
    }

    private static void Make(Shell shell, LeoPipeline leo, string? source, SampleRequest request, IReadOnlyList<string> paths, double rate)
    {
        var begin = source is not null ? leo.StartFrom(source, request) : DrawPeople(shell, leo, request);
        CommonOptions.TellNotes(shell, begin.Notes);
        Tensor? codes = null;
        WorkProgress.Track(shell, "sample", "steps", progress => codes = leo.SampleCodes(begin, request, (done, total) =>
        {
            shell.Cancellation.ThrowIfCancellationRequested();
            progress.Report(done, total);
        }));
        WorkProgress.Track(shell, "render", "frames", progress =>
        {
            foreach (var (k, path) in paths.Index())
            {
                using var step = NewDisposeScope();
                long before = (long)k * request.Frames;
                if (FrameSource.IsTensorFile(path))
                {
                    (leo.Render(begin.Picture(k), codes![k]) with { FramesPerSecond = rate }).Save(path);
                }
                else
                {
                    leo.RenderTo(path, begin.Picture(k), codes![k], rate, done =>
                    {
                        shell.Cancellation.ThrowIfCancellationRequested();
                        progress.Report(before + done, (long)request.Count * request.Frames);
                    });
                }
            }
        });
    }

    private static VideoStart DrawPeople(Shell shell, LeoPipeline leo, SampleRequest request)
    {
        VideoStart? begin = null;
        WorkProgress.Track(shell, "draw people", "steps", progress => begin = leo.StartFromNobody(request, (done, total) =>
        {
            shell.Cancellation.ThrowIfCancellationRequested();
            progress.Report(done, total);
        }));
        return begin!;
    }
}
