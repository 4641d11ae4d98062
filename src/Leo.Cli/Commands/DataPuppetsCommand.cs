using System.CommandLine;
using Leo.Lab.Data.Puppets;

namespace Leo.Cli.Commands;

/// <summary><c>leo data puppets</c>: writes the embedded data set as mp4 files with their true pose beside them.</summary>
internal static class DataPuppetsCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var kind = new Option<string>("--kind") { Description = "Talking heads or whole bodies.", Required = true };
        kind.AcceptOnlyFromAmong("faces", "bodies");
        var output = CommonOptions.Path("--out", "folder", "Folder to fill; it gets train/ and test/.");
        var train = CommonOptions.Count("--train", "Identities to train on.", 160);
        var test = CommonOptions.Count("--test", "Identities held out; none of them is in train/.", 24);
        var videos = CommonOptions.Count("--videos", "Videos of each identity.", 2);
        var improvised = CommonOptions.Count("--improvised", "Further videos of each identity to train on, of motion that follows no pattern.", 0, least: 0);
        var frames = CommonOptions.Count("--frames", "Frames of each video.", 128);
        var size = CommonOptions.Count("--size", "Side in pixels, even, 32 to 256.", 64, least: 32);
        var seed = CommonOptions.Seed();

        return new LeoCommand("puppets", "Write the embedded puppets: people that move, with their true pose beside each video (.json).",
            "leo data puppets --kind faces --out data/faces",
            "leo data puppets --kind bodies --out data/bodies --train 400 --test 20 --seed 1")
        .With(kind, output, train, test, videos, improvised, frames, size, seed)
        .Does(parsed =>
        {
            var options = new PuppetOptions
            {
                Kind = parsed.GetValue(kind) == "bodies" ? PuppetKind.Bodies : PuppetKind.Faces,
                TrainIdentities = parsed.GetValue(train),
                TestIdentities = parsed.GetValue(test),
                VideosPerIdentity = parsed.GetValue(videos),
                ImprovisedVideos = parsed.GetValue(improvised),
                Frames = parsed.GetValue(frames),
                Size = parsed.GetValue(size),
                Seed = parsed.GetValue(seed),
            };
            string folder = parsed.GetRequiredValue(output);
            WorkProgress.Track(shell, "puppets", "videos", progress => PuppetStudio.Write(folder, options, (done, total) =>
            {
                shell.Cancellation.ThrowIfCancellationRequested();
                progress.Report(done, total);
            }));

            int count = options.TotalVideos;
            shell.Print($"{folder}: {count} videos of {options.Frames} frames");
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "data puppets", Out = folder, Kind = parsed.GetValue(kind), Videos = count, options.Frames, options.Size, options.Seed });
            return ExitCode.Success;
        });
    }
}
