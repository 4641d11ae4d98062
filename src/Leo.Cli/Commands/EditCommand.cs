using System.CommandLine;
using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Experiments;
using static TorchSharp.torch;

namespace Leo.Cli.Commands;

/// <summary><c>leo edit</c>: edits a video by its first frame (LEO Fig. 7).</summary>
internal static class EditCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var checkpoint = CommonOptions.Path("--checkpoint", "file", "Animator: a checkpoint, a run folder, or a bare .safetensors with LIA's official names.", "--animator");
        var video = CommonOptions.Path("--video", "video", "The original: a video, a folder of frames, or a .safetensors with `frames`.");
        var output = CommonOptions.Path("--out", "file", "Video to write, original beside edited; .safetensors gets `frames` (edited), `original`, `still`, `codes`, `flow`, `mask`.");
        var edited = CommonOptions.OptionalPath("--edited", "image", "The first frame as you edited it, in any program: of the video's proportions, or square as the model sees it.");
        var edit = new Option<string?>("--edit") { Description = "A built-in edit instead: recolour (hue of all but skin) or poster (steps of brightness, outlines)." };
        edit.AcceptOnlyFromAmong([.. StillEdits.All.Keys]);
        var still = CommonOptions.OptionalPath("--still", "image", "Also write the edited still, at the model's size.");
        var relative = new Option<bool>("--relative") { Description = "Take over the motion since the first frame instead of the poses: where the edit changes the pose." };
        var precision = CommonOptions.Precision();

        var noSound = CommonOptions.NoSound();

        return new LeoCommand("edit", "Edit a whole video by its first frame: the edited still moves by the original's motion codes.",
            "leo edit --checkpoint checkpoints/animator-faces-tiny.safetensors --video talk.mp4 --edit recolour --out edited.mp4",
            "leo edit --checkpoint runs/faces --video talk.mp4 --edited first-frame-painted.png --out edited.mp4",
            "leo edit --checkpoint runs/faces --video talk.mp4 --edit poster --still poster.png --relative --out edited.safetensors")
        .With(checkpoint, video, output, edited, edit, still, relative, noSound, precision)
        .Does(parsed =>
        {
            string? image = parsed.GetValue(edited), name = parsed.GetValue(edit);
            if (image is null == name is null)
                throw new LeoException("leo edit", image is null ? "there is no edited still" : "there are two edited stills", "Give either --edited or --edit");

            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            string from = parsed.GetRequiredValue(video), to = parsed.GetRequiredValue(output);
            using var leo = LeoPipeline.Load(new LeoParts(parsed.GetRequiredValue(checkpoint)), device: CommonOptions.DeviceOf(parsed), precision: CommonOptions.PrecisionGiven(parsed, precision) ?? default);
            CommonOptions.TellPrecision(shell, leo);
            CommonOptions.ApplyThreads(parsed, leo.Size);
            var mode = parsed.GetValue(relative) ? AnimationMode.Relative : AnimationMode.Absolute;
            var made = image is null ? leo.Edit(from, StillEdits.All[name!], mode) : leo.Edit(from, image, mode);
            CommonOptions.TellNotes(shell, made.Edited.Notes);
            if (parsed.GetValue(noSound))
                made = made with { Edited = made.Edited with { Sound = null } };
            made.Save(to, name ?? "edited");
            if (parsed.GetValue(still) is { } stillPath)
                FrameSink.Save(stillPath, made.Still, made.Edited.FramesPerSecond);

            long frames = made.Original.shape[0];
            shell.Print($"{to}: {frames} frames, {(image is null ? name : $"as {image}")}");
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "edit", Out = to, Frames = frames, leo.Size, Edit = name, Edited = image, Still = parsed.GetValue(still), Relative = parsed.GetValue(relative) });
            return ExitCode.Success;
        });
    }
}
