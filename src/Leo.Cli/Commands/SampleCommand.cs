using System.CommandLine;
using System.Globalization;
using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Diffusion;
using Leo.Lab.Experiments;
using Leo.Lab.Media;
using Leo.Lab.Motion;
using Leo.Lab.StartFrames;
using TorchSharp;
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
        var sampler = new Option<string>("--sampler") { Description = "ddpm, ddpm:STEPS, ddim:STEPS, ddim:STEPS:ETA or dpm++:STEPS.", DefaultValueFactory = _ => "ddpm" };
        var format = new Option<string>("--format") { Description = "What to write.", DefaultValueFactory = _ => "mp4" };
        format.AcceptOnlyFromAmong("mp4", "gif", "webm", "safetensors");
        var rate = new Option<double>("--fps") { Description = "Frames a second of the videos.", DefaultValueFactory = _ => 25 };
        var seed = CommonOptions.Seed();

        return new LeoCommand("sample", "Sample new videos: of the person in an image, or of people who are drawn too. The same seed gives the same videos.",
            "leo sample --animator runs/faces --motion runs/faces-motion --source me.png --frames 64 --count 4 --sampler ddim:50 --out out/samples",
            "leo sample --animator a.safetensors --motion m.safetensors --source me.png --frames 512 --count 1 --seed 7 --out out/long",
            "leo sample --animator a.safetensors --motion m.safetensors --start-code s.safetensors --source me.png --out out/free",
            "leo sample --animator a.safetensors --motion m.safetensors --start-code s.safetensors --transition t.safetensors --source me.png --frames 1000 --count 1 --sampler dpm++:20 --out out/endless",
            "leo sample --animator a.safetensors --motion m.safetensors --start-code s.safetensors --start-frame f.safetensors --count 8 --out out/nobody")
        .With(animator, motion, source, startFrame, guidance, start, first, transition, every, output, frames, count, sampler, seed, format, rate)
        .Requires(result => (result.GetResult(source) is null) == (result.GetResult(startFrame) is null) ? "Say who is shown: give either --source or --start-frame." : null)
        .Requires(result => result.GetResult(start) is null && result.GetResult(startFrame) is not null ? "--start-frame draws people in the pose of a code; give --start-code too." : null)
        .Does(parsed =>
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var spec = SamplerSpec.Parse(parsed.GetValue(sampler)!);
            using var artist = ImageAnimator.Load(parsed.GetRequiredValue(animator));
            CommonOptions.ApplyThreads(parsed, artist.Settings.Size);
            using var mover = MotionModel.Load(parsed.GetRequiredValue(motion));
            using var starter = parsed.GetValue(start) is { } startPath ? StartCodeModel.Load(startPath) : null;
            using var bridge = parsed.GetValue(transition) is { } bridgePath ? TransitionModel.Load(bridgePath) : null;
            bool drawn = parsed.GetValue(first) is { } choice ? choice == "drawn" : starter is not null && bridge is null;
            if (starter is null && (bridge is not null || drawn))
                throw new LeoException(bridge is not null ? "--transition" : "--first drawn", "there is no model of starting codes to draw from", "Give --start-code FILE");
            if (bridge is not null && bridge.Settings.Dim != mover.Settings.Dim)
                throw new LeoException(parsed.GetValue(transition)!, $"its codes have {bridge.Settings.Dim} numbers, the motion model's {mover.Settings.Dim}", "Give models trained on the same codes");
            var transitions = bridge is null ? null : new Transitions(bridge, starter!, spec, parsed.GetValue(every));
            if (mover.Settings.Dim != artist.Settings.MotionDim)
            {
                throw new LeoException(parsed.GetRequiredValue(motion), $"its codes have {mover.Settings.Dim} numbers, the animator's {artist.Settings.MotionDim}",
                    "Give a motion model trained on this animator's codes");
            }

            var request = new SampleRequest
            {
                Frames = parsed.GetValue(frames),
                Count = parsed.GetValue(count),
                Seed = parsed.GetValue(seed),
                Sampler = spec,
            };
            // A drawn person stands in the pose of the very code that the motion starts from.
            bool drawPeople = parsed.GetValue(startFrame) is not null;
            var picture = parsed.GetValue(source) is { } sourcePath ? FrameSource.Load(sourcePath, artist.Settings.Size).Tensor.narrow(0, 0, 1) : null;
            var alpha1 = VideoSampling.FirstCodes(artist, drawn || drawPeople ? starter : null, picture!, request);
            var pictures = picture ?? DrawPeople(shell, parsed.GetValue(startFrame)!, artist, alpha1, request, parsed.GetValue(guidance));
            string folder = parsed.GetRequiredValue(output);
            var paths = new List<string>();
            Tensor? codes = null;
            WorkProgress.Track(shell, "sample", "steps", progress => codes = VideoSampling.Codes(mover, alpha1, request, (done, total) =>
            {
                shell.Cancellation.ThrowIfCancellationRequested();
                progress.Report(done, total);
            }, transitions));
            var pipeline = new AnimationPipeline(artist);
            WorkProgress.Track(shell, "render", "frames", progress =>
            {
                for (int k = 0; k < request.Count; k++)
                {
                    using var step = NewDisposeScope();
                    string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"sample-{k:00}.{parsed.GetValue(format)}"));
                    Render(path, pictures.narrow(0, Math.Min(k, pictures.shape[0] - 1), 1), codes![k], done => progress.Report(((long)k * request.Frames) + done, (long)request.Count * request.Frames));
                    paths.Add(path);
                }
            });

            shell.Print($"{folder}: {request.Count} videos of {request.Frames} frames");
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "sample", Out = paths, request.Frames, request.Count, request.Seed, Sampler = spec.ToString() });
            return ExitCode.Success;

            void Render(string path, Tensor picture, Tensor code, Action<long> progress)
            {
                if (FrameSource.IsTensorFile(path))
                {
                    var made = pipeline.AnimateCodes(picture, code);
                    FrameSink.Save(path, made.Frames, parsed.GetValue(rate), new Dictionary<string, Tensor> { ["codes"] = made.Codes, ["flow"] = made.Flow, ["mask"] = made.Mask });
                    return;
                }
                using var writer = new VideoWriter(path, artist.Settings.Size, artist.Settings.Size, parsed.GetValue(rate));
                pipeline.AnimateCodes(picture, code, frames =>
                {
                    shell.Cancellation.ThrowIfCancellationRequested();
                    var video = FrameTensors.ToVideo(frames, parsed.GetValue(rate));
                    for (int i = 0; i < video.FrameCount; i++)
                        writer.Write(video.Frame(i));
                    progress(writer.Count);
                });
                writer.Complete();
            }
        });
    }

    // x₁ of each video.
    private static Tensor DrawPeople(Shell shell, string path, ImageAnimator artist, Tensor alpha1, SampleRequest request, double guidance)
    {
        using var model = StartFrameModel.Load(path);
        if (model.Settings.Size != artist.Settings.Size || model.Settings.Dim != artist.Settings.MotionDim)
        {
            throw new LeoException(path, $"it draws {model.Settings.Size}×{model.Settings.Size} for codes of {model.Settings.Dim} numbers, the animator has {artist.Settings.Size} and {artist.Settings.MotionDim}",
                "Give a model trained with this animator");
        }

        Tensor? frames = null;
        WorkProgress.Track(shell, "draw people", "steps", progress => frames = model.Sample(alpha1, request.Seeds, request.Sampler, guidance, step =>
        {
            shell.Cancellation.ThrowIfCancellationRequested();
            progress.Report(step.Index, step.Count);
        }));
        return frames!;
    }
}
