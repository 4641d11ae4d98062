using System.CommandLine;
using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Experiments;
using static TorchSharp.torch;

namespace Leo.Cli.Commands;

/// <summary><c>leo animate</c>: moves a picture as a video moves (LEO §3.1).</summary>
internal static class AnimateCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var checkpoint = CommonOptions.Path("--checkpoint", "file", "Animator: a checkpoint, a run folder, or any file with LIA's official names (.safetensors, vox.pt, .dat).", "--animator");
        var source = CommonOptions.Path("--source", "image", "Who is shown: an image, the first frame of a video, or a .safetensors with `frames`.");
        var driving = CommonOptions.OptionalPath("--driving", "video", "Whose motion: a video, a folder of frames, or a .safetensors with `frames`. Without it the source is only reproduced.");
        var output = CommonOptions.Path("--out", "file", "Video to write (.mp4 .gif .webm .png …); .safetensors gets float tensors `frames`, `codes`, `flow`, `mask`, `warped`, and `flow.8`, `mask.8`, `warped.8` … of each scale.");
        var flow = CommonOptions.OptionalPath("--flow", "video", "Also write the flow maps, coloured by direction and length.");
        var inside = CommonOptions.OptionalPath("--inside", "video", "Also write a labelled sheet of the inside: flow with its legend (it points to where a pixel is fetched from), warp before inpainting, and mask, at every scale.");
        var trajectories = CommonOptions.OptionalPath("--trajectories", "chart", "Also write the motion codes over time as a chart (.svg).");
        var relative = new Option<bool>("--relative") { Description = "Take over the motion since the driving video's first frame instead of its poses: for another person." };
        var precision = CommonOptions.Precision();

        var noSound = CommonOptions.NoSound();

        return new LeoCommand("animate", "Move a picture as a video moves.",
            "leo animate --checkpoint checkpoints/animator-faces-tiny.safetensors --source me.png --driving talk.mp4 --out out.mp4 --relative",
            "leo animate --checkpoint runs/faces --source a.png --driving b.mp4 --out out.mp4 --flow flow.mp4",
            "leo animate --checkpoint runs/faces --source a.png --driving b.mp4 --out out.mp4 --inside inside.mp4 --trajectories codes.svg",
            "leo animate --checkpoint lia.safetensors --source source.safetensors --driving driving.safetensors --out out.safetensors")
        .With(checkpoint, source, driving, output, flow, inside, trajectories, relative, noSound, precision)
        .Does(parsed =>
        {
            if (parsed.GetValue(relative) && parsed.GetValue(driving) is null)
                throw new LeoException("--relative", "there is no driving video", "Add --driving");
            if (parsed.GetValue(trajectories) is { } chart && (parsed.GetValue(driving) is null || !chart.EndsWith(".svg", StringComparison.OrdinalIgnoreCase)))
                throw new LeoException("--trajectories", parsed.GetValue(driving) is null ? "there is no driving video" : $"'{chart}' is no .svg file", "Add --driving and name an .svg file");

            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            string model = parsed.GetRequiredValue(checkpoint), to = parsed.GetRequiredValue(output);
            using var leo = LeoPipeline.Load(new LeoParts(model), device: CommonOptions.DeviceOf(parsed), precision: CommonOptions.PrecisionGiven(parsed, precision) ?? default);
            CommonOptions.TellPrecision(shell, leo);
            CommonOptions.ApplyThreads(parsed, leo.Size);
            var still = FrameSource.Load(parsed.GetRequiredValue(source), leo.Size);
            var picture = still.Tensor.narrow(0, 0, 1);
            var motion = parsed.GetValue(driving) is { } path ? FrameSource.Load(path, leo.Size) : null;
            CommonOptions.TellNotes(shell, still.Note, motion?.Note);
            double rate = motion?.FramesPerSecond ?? 25;
            var made = leo.AnimateInside(picture, motion is null ? null : (FrameInput)motion, parsed.GetValue(relative) ? AnimationMode.Relative : AnimationMode.Absolute,
                keepScales: FrameSource.IsTensorFile(to) || parsed.GetValue(inside) is not null);

            string? sound = motion is null || parsed.GetValue(noSound) ? null : motion.Path;
            FrameSink.Save(to, made.Frames, rate, Extras(made), sound);
            if (parsed.GetValue(flow) is { } flowPath)
                FrameSink.Save(flowPath, FlowPictures.Of(made.Finest.Flow), rate);
            if (parsed.GetValue(inside) is { } insidePath)
                InsideSheet.Lay(made, picture, motion?.Tensor).Save(insidePath, rate);
            if (parsed.GetValue(trajectories) is { } chartPath)
                CodeChart.Of(made.Codes, $"Motion codes of {Path.GetFileName(motion!.Path)}").SaveSvg(chartPath);

            long frames = made.Frames.shape[0];
            shell.Print($"{to}: {frames} frames of {leo.Size}×{leo.Size}");
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "animate", Out = to, Flow = parsed.GetValue(flow), Inside = parsed.GetValue(inside), Trajectories = parsed.GetValue(trajectories), Frames = frames, leo.Size, FramesPerSecond = rate, Relative = parsed.GetValue(relative) });
            return ExitCode.Success;
        });
    }

    // Without a driving video no code is fed, so there is none to save.
    private static IReadOnlyDictionary<string, Tensor> Extras(GeneratorTrace made) =>
        made.ToTensors().Where(t => t.Key != "codes" || made.Codes.shape[0] > 0).ToDictionary();
}
