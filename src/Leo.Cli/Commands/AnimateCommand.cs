using System.CommandLine;
using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Experiments;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Cli.Commands;

/// <summary><c>leo animate</c>: moves a picture as a video moves (LEO §3.1).</summary>
internal static class AnimateCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var checkpoint = CommonOptions.Path("--checkpoint", "file", "Animator: a checkpoint, a run folder, or a bare .safetensors with LIA's official names.", "--animator");
        var source = CommonOptions.Path("--source", "image", "Who is shown: an image, the first frame of a video, or a .safetensors with `frames`.");
        var driving = CommonOptions.OptionalPath("--driving", "video", "Whose motion: a video, a folder of frames, or a .safetensors with `frames`. Without it the source is only reproduced.");
        var output = CommonOptions.Path("--out", "file", "Video to write (.mp4 .gif .webm .png …); .safetensors gets float tensors `frames`, `codes`, `flow`, `mask`.");
        var flow = CommonOptions.OptionalPath("--flow", "video", "Also write the flow maps, coloured by direction and length.");
        var relative = new Option<bool>("--relative") { Description = "Take over the motion since the driving video's first frame instead of its poses: for another person." };

        return new LeoCommand("animate", "Move a picture as a video moves.",
            "leo animate --checkpoint checkpoints/animator-faces-tiny.safetensors --source me.png --driving talk.mp4 --out out.mp4 --relative",
            "leo animate --checkpoint runs/faces --source a.png --driving b.mp4 --out out.mp4 --flow flow.mp4",
            "leo animate --checkpoint lia.safetensors --source a.safetensors --driving b.safetensors --out out.safetensors")
        .With(checkpoint, source, driving, output, flow, relative)
        .Does(parsed =>
        {
            CommonOptions.ApplyThreads(parsed);
            if (parsed.GetValue(relative) && parsed.GetValue(driving) is null)
                throw new LeoException("--relative", "there is no driving video", "Add --driving");

            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            string model = parsed.GetRequiredValue(checkpoint), to = parsed.GetRequiredValue(output);
            using var animator = ImageAnimator.Load(model);
            int size = animator.Settings.Size;
            var picture = FrameSource.Load(parsed.GetRequiredValue(source), size).Tensor.narrow(0, 0, 1);
            var motion = parsed.GetValue(driving) is { } path ? FrameSource.Load(path, size) : null;
            var made = motion is null
                ? Still(animator, picture)
                : new AnimationPipeline(animator).Animate(picture, motion.Tensor, parsed.GetValue(relative) ? AnimationMode.Relative : AnimationMode.Absolute);
            double rate = motion?.FramesPerSecond ?? 25;

            var extras = new Dictionary<string, Tensor> { ["flow"] = made.Flow, ["mask"] = made.Mask };
            if (motion is not null)
                extras["codes"] = made.Codes;
            FrameSink.Save(to, made.Frames, rate, extras);
            if (parsed.GetValue(flow) is { } flowPath)
                FrameSink.Save(flowPath, FlowPictures.Of(made.Flow), rate);

            long frames = made.Frames.shape[0];
            shell.Print($"{to}: {frames} frames of {size}×{size}");
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "animate", Out = to, Flow = parsed.GetValue(flow), Frames = frames, Size = size, FramesPerSecond = rate, Relative = parsed.GetValue(relative) });
            return ExitCode.Success;
        });
    }

    // No code is fed: what the generator makes of the appearance alone.
    private static Animation Still(ImageAnimator animator, Tensor picture)
    {
        var made = animator.Generate(animator.EncodeSource(picture), null);
        return new Animation(made.Image, empty(0, animator.Settings.MotionDim), made.Flow(), made.Mask());
    }
}
