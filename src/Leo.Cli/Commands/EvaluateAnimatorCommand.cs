using System.CommandLine;
using System.Globalization;
using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Experiments;
using Leo.Lab.Metrics;
using Leo.Lab.Perceptual;

namespace Leo.Cli.Commands;

/// <summary><c>leo evaluate animator</c>: reconstruction, transfer and leakage, in numbers and in a picture.</summary>
internal static class EvaluateAnimatorCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var checkpoint = CommonOptions.Path("--checkpoint", "file", "Animator: a checkpoint, a run folder, or any file with LIA's official names (.safetensors, vox.pt, .dat).", "--animator");
        var data = CommonOptions.Path("--data", "folder", "Folder of videos, or of folders of frames; with puppets' truth beside them, more can be measured.");
        var part = new Option<string>("--part") { Description = "Which videos of the folder.", DefaultValueFactory = _ => "test" };
        part.AcceptOnlyFromAmong("train", "test", "all");
        var stride = CommonOptions.Count("--stride", "Every how many frames one is judged.", AnimatorStride);
        var perceptual = CommonOptions.OptionalPath("--perceptual", "what", $"Network of the perceptual distance: puppets, a file with VGG-19's weights under torchvision's names, or LPIPS with its learnt weights, {LpipsNetwork.Known}. Without it there is no such number.");
        var sheet = CommonOptions.OptionalPath("--sheet", "image", "Also write a picture to judge by (.png): rebuilt frames, transfers and what they should be.");

        var keyPoints = ComparisonView.KeyPointsOption();
        var identity = ComparisonView.IdentityOption();

        return new LeoCommand("animator", "Measure an animator: L1, PSNR, SSIM, perceptual distance, AKD, MKR, AED; with puppets also transfer to others in pixels, and leakage of identity.",
            "leo evaluate animator --checkpoint runs/faces --data data/faces",
            "leo evaluate animator --checkpoint checkpoints/animator-bodies-tiny.safetensors --data data/bodies --sheet bodies.png --json",
            "leo evaluate animator --checkpoint runs/mine --data my-videos --part all --stride 1 --perceptual vgg19.safetensors",
            "leo evaluate animator --checkpoint runs/faces --data data/faces --keypoints puppets --identity palette")
        .With(checkpoint, data, part, stride, perceptual, keyPoints, identity, sheet)
        .Does(parsed =>
        {
            string folder = parsed.GetRequiredValue(data);
            var videos = VideoFolder.Open(folder);
            var paths = parsed.GetValue(part) switch { "train" => videos.Train, "all" => videos.All, _ => videos.Test };
            if (paths.Count == 0)
                throw new LeoException(folder, $"there is no video in its {parsed.GetValue(part)} part", "Choose another --part");

            using var animator = ImageAnimator.Load(parsed.GetRequiredValue(checkpoint));
            ComputeDevice.Move(animator, ComputeDevice.Find(CommonOptions.DeviceOf(parsed)));
            CommonOptions.ApplyThreads(parsed, animator.Settings.Size);
            using var clips = ClipStore.Open(paths, animator.Settings.Size, ClipCache.For(folder), shell.Say);
            string? what = parsed.GetValue(perceptual);
            using var lpips = what is not null && LpipsNetwork.Knows(what) ? LpipsNetwork.Open(what) : null;
            using var features = what is not null && lpips is null ? PerceptualFeatures.Load(what) : null;
            RequireSize(animator.Settings.Size, lpips?.Name ?? features?.Name, lpips?.LeastSize ?? features?.LeastSize ?? 0);
            var distance = lpips?.Distance ?? (features is null ? null : new PerceptualDistance(features.Name, images => features.Features(images)));
            string device = CommonOptions.DeviceOf(parsed);
            using var points = parsed.GetValue(keyPoints) is { } finder ? KeyPointFinders.Open(finder, device) : null;
            using var who = parsed.GetValue(identity) is { } people ? FrameExtractors.Open(people, device) : null;
            var picture = parsed.GetValue(sheet) is null ? null : new AnimatorSheet(animator);
            picture?.AddReconstructions(clips);
            AnimatorScore? score = null;
            WorkProgress.Track(shell, "evaluate", "parts", progress => score = new AnimatorEvaluation(animator, clips, distance, (title, done, total) =>
            {
                shell.Cancellation.ThrowIfCancellationRequested();
                progress.Report(done, total, title);
            })
            {
                Stride = parsed.GetValue(stride),
                Comparison = points is null && who is null ? null : new FrameComparison(points, who),
                ShowTransfer = picture is null ? null : picture.Add,
            }.Run());
            picture?.Lay().Save(parsed.GetValue(sheet)!, 1);

            foreach (string line in Lines(score!))
                shell.Print(line);
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(Summary(parsed.GetRequiredValue(checkpoint), folder, parsed.GetValue(part)!, parsed.GetValue(sheet), score!));
            return ExitCode.Success;
        });
    }

    private const int AnimatorStride = 2;

    private static void RequireSize(int size, string? network, int least)
    {
        if (size < least)
            throw new LeoException("--perceptual", $"{network} needs frames of {least} pixels or more, the animator's have {size}", "Leave it out, or use another network");
    }

    private static IEnumerable<string> Lines(AnimatorScore score)
    {
        var r = score.Reconstruction;
        yield return Text($"agreement with the real motion   {r.Agreement,12:0.00}    1 is best; does it move as the real video does?");
        yield return Text($"gain, share of the motion        {r.Gain,12:0.00}    1 is all of it");
        if (r.StillVideos() is { Length: > 0 } still)
            yield return still;
        yield return Text($"{score.Videos} videos, {r.Frames} frames              generated   repeating the source   ratio");
        yield return Text($"L1                               {r.L1,12:0.0000} {r.RepeatSourceL1,22:0.0000} {r.L1 / r.RepeatSourceL1,7:0.00}");
        yield return Text($"L1 where something moves         {r.MovingL1,12:0.0000} {r.MovingRepeatSourceL1,22:0.0000} {r.MovingRatio,7:0.00}");
        yield return Text($"  its first output, frozen       {r.MovingFrozenL1,12:0.0000} {r.MovingRepeatSourceL1,22:0.0000} {r.FrozenRatio,7:0.00}");
        yield return Text($"PSNR, dB                         {r.Psnr,12:0.00}");
        yield return score.Ssim is { } ssim
            ? Text($"SSIM                             {ssim,12:0.0000} {score.RepeatSourceSsim,22:0.0000}")
            : $"SSIM: frames are smaller than its window of {Ssim.Window} pixels";
        yield return score.PerceptualName is { } name
            ? Text($"{name,-32} {score.Perceptual,12:0.0000} {score.RepeatSourcePerceptual,22:0.0000} {score.Perceptual / score.RepeatSourcePerceptual,7:0.00}")
            : "perceptual distance: no perceptual network given";
        foreach (string line in ComparisonView.Lines(score.KeyPoints, score.IdentityDistance))
            yield return line;
        if (score.Transfer is not { } t)
        {
            yield return "transfer to other people: measured on puppets of two people or more, at 32 pixels or more";
        }
        else
        {
            yield return Text($"{t.Pairs} pairs of people, {t.FramesPerPair} frames each    generated    leaving the source");
            yield return Text($"pose error, relative, px at 64   {t.RelativePx,12:0.00} {t.RelativeStillPx,22:0.00} {t.RelativePx / t.RelativeStillPx,7:0.00}");
            yield return Text($"pose error, absolute, px at 64   {t.AbsolutePx,12:0.00} {t.AbsoluteStillPx,22:0.00} {t.AbsolutePx / t.AbsoluteStillPx,7:0.00}");
            yield return Text($"  of which reading (real frames) {t.ReadingPx,12:0.00}");
        }
        if (score.IdentityKept is { } kept)
            yield return Text($"identity kept, by colours        {100 * kept,11:0} %");
        if (score.IdentityFromMotion is { } leak)
            yield return Text($"identity read from m / α / guess {leak,12:0.00} / {score.IdentityFromCode:0.00} / {score.IdentityChance:0.00}");
    }

    private static object Summary(string checkpoint, string folder, string part, string? sheet, AnimatorScore score)
    {
        var r = score.Reconstruction;
        return new
        {
            Command = "evaluate animator",
            Checkpoint = checkpoint,
            Data = folder,
            Part = part,
            Sheet = sheet,
            score.Videos,
            r.Frames,
            Reconstruction = new
            {
                L1 = r.L1,
                RepeatSourceL1 = r.RepeatSourceL1,
                MovingL1 = Known(r.MovingL1),
                MovingRepeatSourceL1 = Known(r.MovingRepeatSourceL1),
                MovingRatio = Known(r.MovingRatio),
                MovingFrozenL1 = Known(r.MovingFrozenL1),
                FrozenRatio = Known(r.FrozenRatio),
                Agreement = Known(r.Agreement),
                Gain = Known(r.Gain),
                r.Psnr,
                score.Ssim,
                score.RepeatSourceSsim,
            },
            Motion = r.Videos.Select(v => new { v.Video, Agreement = Known(v.Agreement), Gain = Known(v.Gain), MovingRatio = Known(v.MovingRatio), FrozenRatio = Known(v.FrozenRatio), v.Moves }),
            Perceptual = score.PerceptualName is null ? null : new { Name = score.PerceptualName, Distance = score.Perceptual, RepeatSource = score.RepeatSourcePerceptual },
            KeyPoints = ComparisonView.Summary(score.KeyPoints),
            IdentityDistance = ComparisonView.Summary(score.IdentityDistance),
            score.Transfer,
            Identity = score.IdentityFromMotion is null ? null : new { score.IdentityKept, score.IdentityFromMotion, score.IdentityFromCode, score.IdentityChance },
        };
    }

    // JSON has no NaN: where nothing moves there is no number.
    private static double? Known(double value) => double.IsFinite(value) ? value : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
