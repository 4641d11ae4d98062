using System.CommandLine;
using System.Globalization;
using Leo.Lab.Diffusion;
using Leo.Lab.Experiments;

namespace Leo.Cli.Commands;

/// <summary><c>leo run</c>: the main job, end to end.</summary>
internal static class RunCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var output = new Option<string>("--out") { Description = "Folder for report.html, report.json, data and runs.", HelpName = "folder", DefaultValueFactory = _ => "out" };
        var train = new Option<bool>("--train") { Description = "Train both phases from scratch first, in place of loading the shipped checkpoints." };
        var resume = new Option<bool>("--resume") { Description = "With --train: go on with an interrupted training in the same --out." };
        var minutes = new Option<double?>("--minutes") { Description = "Minutes for all training together; by default 60, and 40 with --videos.", HelpName = "n" };
        var videos = CommonOptions.OptionalPath("--videos", "folder", "Your own videos in place of the embedded puppets; trains on them where nothing is trained yet.");
        var checkpoints = new Option<string>("--checkpoints") { Description = "Folder of checkpoints, named animator-faces-tiny.safetensors and so on.", HelpName = "folder", DefaultValueFactory = _ => CommonOptions.ShippedCheckpoints() };
        var sampler = new Option<string>("--sampler") { Description = $"{SamplerSpec.Forms}.", DefaultValueFactory = _ => "ddim:50" };
        var preset = CommonOptions.Preset();
        var seed = CommonOptions.Seed();
        var precision = CommonOptions.Precision();
        var damaged = CommonOptions.KeepDamaged();

        return new LeoCommand("run", "The main job: make or take videos, load or train LEO, reconstruct, transfer, sample, and write a page that shows it all.",
            "leo run",
            "leo run --train --minutes 90",
            "leo run --train --videos my-videos --out out/mine")
        .With(output, train, resume, minutes, videos, damaged, preset, seed, checkpoints, sampler, precision)
        .Does(parsed =>
        {
            string size = parsed.GetValue(preset)!;
            void ApplyThreads() => CommonOptions.ApplyThreads(parsed, EndToEnd.FrameSize(size));
            ApplyThreads();
            var job = new EndToEnd(
                new EndToEndOptions
                {
                    Out = parsed.GetValue(output)!,
                    Preset = size,
                    Seed = parsed.GetValue(seed),
                    Train = parsed.GetValue(train),
                    Resume = parsed.GetValue(resume),
                    Minutes = parsed.GetValue(minutes),
                    Videos = parsed.GetValue(videos),
                    KeepDamaged = parsed.GetValue(damaged),
                    Checkpoints = parsed.GetValue(checkpoints)!,
                    Sampler = SamplerSpec.Parse(parsed.GetValue(sampler)!),
                    Precision = CommonOptions.PrecisionGiven(parsed, precision) ?? default,
                    TrainingThreads = CommonOptions.ThreadsGiven(parsed),
                    Device = CommonOptions.DeviceOf(parsed),
                },
                new EndToEndView(shell, ApplyThreads));
            var report = job.Run(shell.Cancellation);

            foreach (var (name, numbers) in report.Subjects)
            {
                string pose = numbers.MotionCode.PoseR2 is { } r2 ? string.Create(CultureInfo.InvariantCulture, $", pose R² {r2:0.00}") : "";
                shell.Print(string.Create(CultureInfo.InvariantCulture,
                    $"{name}: agreement {numbers.Reconstruction.Agreement:0.00}, gain {numbers.Reconstruction.Gain:0.00}; moving region {numbers.Reconstruction.MovingRatio:0.00} of repeating the source (frozen {numbers.Reconstruction.FrozenRatio:0.00}), {numbers.Reconstruction.Psnr:0.0} dB{pose}"));
                if (numbers.Reconstruction.StillVideos() is { Length: > 0 } still)
                    shell.Print($"{name}: {still}");
            }
            shell.Print(string.Create(CultureInfo.InvariantCulture, $"{job.HtmlPath} and {job.JsonPath}, {report.Seconds:0} s"));
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "run", Html = job.HtmlPath, Json = job.JsonPath, Seconds = Math.Round(report.Seconds, 1), report.Preset, report.Seed });
            return ExitCode.Success;
        });
    }
}
