using System.CommandLine;
using System.Globalization;
using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Diffusion;
using Leo.Lab.Experiments;
using Leo.Lab.Motion;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Cli.Commands;

/// <summary><c>leo sample</c>: new videos of a person (LEO §3.2, Option 1 of §3.3).</summary>
internal static class SampleCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var animator = CommonOptions.Path("--animator", "file", "Animator: a checkpoint or a run folder.");
        var motion = CommonOptions.Path("--motion", "file", "Motion model: a checkpoint or a run folder.");
        var source = CommonOptions.Path("--source", "image", "Who is shown: an image, the first frame of a video, or a .safetensors with `frames`.");
        var start = CommonOptions.OptionalPath("--start-code", "file", "Model of starting codes: the first pose is drawn from it instead of being the source's own.");
        var output = CommonOptions.Path("--out", "folder", "Folder to fill: sample-00.mp4, … or with --format safetensors float tensors `frames`, `codes`, `flow`, `mask`.");
        var frames = CommonOptions.Count("--frames", "Frames of each video; longer than the model's 64 by going on from the last code.", 64, least: 2);
        var count = CommonOptions.Count("--count", "Videos, each with a seed of its own.", 4);
        var sampler = new Option<string>("--sampler") { Description = "ddpm, ddpm:STEPS, ddim:STEPS or ddim:STEPS:ETA.", DefaultValueFactory = _ => "ddpm" };
        var format = new Option<string>("--format") { Description = "What to write.", DefaultValueFactory = _ => "mp4" };
        format.AcceptOnlyFromAmong("mp4", "gif", "webm", "safetensors");
        var rate = new Option<double>("--fps") { Description = "Frames a second of the videos.", DefaultValueFactory = _ => 25 };
        var seed = CommonOptions.Seed();

        return new LeoCommand("sample", "Sample new videos of the person in an image. The same seed gives the same videos.",
            "leo sample --animator runs/faces --motion runs/faces-motion --source me.png --frames 64 --count 4 --sampler ddim:50 --out out/samples",
            "leo sample --animator a.safetensors --motion m.safetensors --source me.png --frames 512 --count 1 --seed 7 --out out/long",
            "leo sample --animator a.safetensors --motion m.safetensors --start-code s.safetensors --source me.png --out out/free")
        .With(animator, motion, source, start, output, frames, count, sampler, seed, format, rate)
        .Does(parsed =>
        {
            CommonOptions.ApplyThreads(parsed);
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var spec = SamplerSpec.Parse(parsed.GetValue(sampler)!);
            using var artist = ImageAnimator.Load(parsed.GetRequiredValue(animator));
            using var mover = MotionModel.Load(parsed.GetRequiredValue(motion));
            using var starter = parsed.GetValue(start) is { } startPath ? StartCodeModel.Load(startPath) : null;
            if (mover.Settings.Dim != artist.Settings.MotionDim)
            {
                throw new LeoException(parsed.GetRequiredValue(motion), $"its codes have {mover.Settings.Dim} numbers, the animator's {artist.Settings.MotionDim}",
                    "Give a motion model trained on this animator's codes");
            }

            var picture = FrameSource.Load(parsed.GetRequiredValue(source), artist.Settings.Size).Tensor.narrow(0, 0, 1);
            var request = new SampleRequest
            {
                Frames = parsed.GetValue(frames),
                Count = parsed.GetValue(count),
                Seed = parsed.GetValue(seed),
                Sampler = spec,
            };
            string folder = parsed.GetRequiredValue(output);
            var paths = new List<string>();
            WorkProgress.Track(shell, "sample", "steps", progress =>
            {
                var codes = VideoSampling.Codes(artist, mover, starter, picture, request, (done, total) =>
                {
                    shell.Cancellation.ThrowIfCancellationRequested();
                    progress.Report(done, total);
                });
                for (int k = 0; k < request.Count; k++)
                {
                    using var step = NewDisposeScope();
                    var made = new AnimationPipeline(artist).AnimateCodes(picture, codes[k]);
                    string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"sample-{k:00}.{parsed.GetValue(format)}"));
                    FrameSink.Save(path, made.Frames, parsed.GetValue(rate),
                        new Dictionary<string, Tensor> { ["codes"] = made.Codes, ["flow"] = made.Flow, ["mask"] = made.Mask });
                    paths.Add(path);
                }
            });

            shell.Print($"{folder}: {request.Count} videos of {request.Frames} frames");
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "sample", Out = paths, request.Frames, request.Count, request.Seed, Sampler = spec.ToString() });
            return ExitCode.Success;
        });
    }
}
