using System.CommandLine;
using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Motion;

namespace Leo.Cli.Commands;

/// <summary><c>leo extract</c>: videos to motion codes (LEO §3.2).</summary>
internal static class ExtractCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var checkpoint = CommonOptions.Path("--checkpoint", "file", "Animator: a checkpoint, a run folder, or any file with LIA's official names (.safetensors, vox.pt, .dat).", "--animator");
        var data = CommonOptions.Path("--data", "folder", "Folder of videos, or of folders of frames.");
        var output = CommonOptions.Path("--out", "file", "Where to: .safetensors with one tensor [T, 20] for each video.");
        var part = new Option<string>("--part") { Description = "Which videos of the folder.", DefaultValueFactory = _ => "train" };
        part.AcceptOnlyFromAmong("train", "test", "all");

        var damaged = CommonOptions.KeepDamaged();

        return new LeoCommand("extract", "Turn videos into motion codes, the data that motion models learn from. Stopped at any moment, the same command goes on.",
            "leo extract --checkpoint runs/faces --data data/faces --out faces-codes.safetensors",
            "leo extract --checkpoint runs/faces --data data/faces --part test --out faces-test-codes.safetensors")
        .With(checkpoint, data, output, part, damaged).Divides()
        .Does(parsed =>
        {
            string folder = parsed.GetRequiredValue(data), model = parsed.GetRequiredValue(checkpoint), to = parsed.GetRequiredValue(output);
            var paths = VideoFolder.List(folder, parsed.GetValue(part)!);

            using var animator = ImageAnimator.Load(model);
            ComputeDevice.Move(animator, ComputeDevice.Find(CommonOptions.DeviceOf(parsed)));
            CommonOptions.ApplyThreads(parsed, animator.Settings.Size);
            using var clips = shell.Team.InTurn(() => ClipStore.Open(paths, animator.Settings.Size, ClipCache.For(folder), shell.Say, keepDamaged: parsed.GetValue(damaged)));
            var parts = ExtractionParts.Beside(to);
            var names = Enumerable.Range(0, clips.Count).Select(i => CodeExtraction.NameOf(folder, clips.Path(i))).ToList();
            var codes = KeptWork.Run(shell, parts, () => Extract(shell, animator, clips, names, parts));
            if (shell.Team.IsFirst)
            {
                codes.Save(to);
                parts.Clear();
            }

            long frames = codes.Videos.Sum(v => (long)v.Frames);
            shell.Print($"{to}: {codes.Videos.Count} videos, {frames} codes of {codes.Dim}");
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "extract", Out = to, Videos = codes.Videos.Count, Frames = frames, codes.Dim });
            return ExitCode.Success;
        });
    }

    private static CodeSequences Extract(Shell shell, ImageAnimator animator, ClipStore clips, IReadOnlyList<string> names, ExtractionParts parts)
    {
        CodeSequences? codes = null;
        WorkProgress.Track(shell, "extract", "videos", progress => codes = CodeExtraction.Run(animator, clips, names, done =>
        {
            shell.Cancellation.ThrowIfCancellationRequested();
            progress.Report(done, clips.Count);
        }, parts, shell.Team));
        return codes!;
    }
}
