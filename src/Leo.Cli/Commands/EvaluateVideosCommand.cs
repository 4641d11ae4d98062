using System.CommandLine;
using System.Globalization;
using Leo.Lab;
using Leo.Lab.Data;
using Leo.Lab.Experiments;
using Leo.Lab.Metrics;

namespace Leo.Cli.Commands;

/// <summary><c>leo evaluate --real … --fake …</c>: FVD, KVD, ACD, AKD and AED of generated videos in one go.</summary>
internal sealed class EvaluateVideosCommand(Shell shell)
{
    private readonly Option<string?> _real = CommonOptions.OptionalPath("--real", "folder", "Folder of real videos.");
    private readonly Option<string?> _fake = CommonOptions.OptionalPath("--fake", "folder", "Folder of generated videos.");
    private readonly Option<string> _metrics = new("--metrics") { Description = "Which: fvd, kvd, acd, akd (with MKR) and aed, with commas between. For akd and aed each generated video has the name and the frames of the real one that it should be.", DefaultValueFactory = _ => "fvd,kvd" };
    private readonly Option<string?> _extractor = new("--extractor") { Description = $"What looks at clips for fvd and kvd: {VideoExtractors.Known}.", HelpName = "kind:FILE" };
    private readonly Option<string?> _content = new("--content") { Description = $"What looks at frames for acd: {FrameExtractors.Known}.", HelpName = "kind:FILE" };
    private readonly Option<string?> _keyPoints = ComparisonView.KeyPointsOption();
    private readonly Option<string?> _identity = ComparisonView.IdentityOption();
    private readonly MetricOptionSet _options = new();
    private readonly ClipOptionSet _clips = new();

    /// <summary>The options, for the command that carries them.</summary>
    public Symbol[] Symbols => [_real, _fake, _metrics, _extractor, _content, _keyPoints, _identity, _options.Protocol, .. _clips.Symbols, _options.Samples, _options.Trials, _options.Seed];

    /// <summary>Whether the command line asks for this.</summary>
    public bool IsWanted(ParseResult parsed) => parsed.GetValue(_real) is not null || parsed.GetValue(_fake) is not null;

    /// <summary>Measures.</summary>
    /// <exception cref="LeoException">Something is missing on the command line, or the videos do not do.</exception>
    public int Run(ParseResult parsed)
    {
        string[] wanted = [.. parsed.GetValue(_metrics)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
        if (wanted.Length == 0 || wanted.FirstOrDefault(w => w is not ("fvd" or "kvd" or "acd" or "akd" or "aed")) is not null)
            throw new LeoException("--metrics", $"expected some of fvd, kvd, acd, akd and aed, found '{parsed.GetValue(_metrics)}'", "Write for example --metrics fvd,kvd");
        (string realFolder, string fakeFolder) = (Given(parsed, _real, "the real videos"), Given(parsed, _fake, "the generated videos"));
        CommonOptions.ApplyThreads(parsed, FeaturesCommand.VideoThreads);
        var (realPaths, fakePaths) = (VideoFolder.List(realFolder, "all"), VideoFolder.List(fakeFolder, "all"));
        var protocol = _options.ReadProtocol(parsed);
        long seed = parsed.GetValue(_options.Seed);
        var results = new Dictionary<string, object>();

        VideoFeatures Look(string what, string title, string folder, IReadOnlyList<string> paths, bool random) =>
            FeatureWork.Run(shell, title, what, protocol, _clips.Read(parsed, protocol, random, seed), folder, paths, device: CommonOptions.DeviceOf(parsed));

        if (wanted.Any(w => w is "fvd" or "kvd"))
        {
            string what = Given(parsed, _extractor, "what looks at clips");
            if (FrameExtractors.Knows(what))
                throw new LeoException("--extractor", $"{what} looks at frames, while FVD and KVD want clips", $"Give one of {VideoExtractors.Known}");
            using var a = Look(what, "real clips", realFolder, realPaths, random: true);
            using var b = Look(what, "generated clips", fakeFolder, fakePaths, random: false);
            TellShort(a, realFolder);
            TellShort(b, fakeFolder);
            foreach (string metric in wanted.Where(w => w is "fvd" or "kvd"))
            {
                var trials = _options.ReadTrials(parsed, protocol);
                var number = metric == "fvd" ? VideoQuality.Fvd(a, b, protocol, trials, realFolder, fakeFolder) : VideoQuality.Kvd(a, b, protocol, trials, realFolder, fakeFolder);
                var (name, value, _) = number;
                results[metric] = new { value.Value, Name = name, value.Deviation, value.Trials, value.SamplesA, value.SamplesB, number.Caution };
                shell.Print(Text($"{name,-18} {value.Value,12:0.####}{(value.Trials > 1 ? Text($" ± {value.Deviation:0.####} over {value.Trials} trials") : "")}  ({protocol.Name}; {value.SamplesA} real and {value.SamplesB} generated clips)"));
                if (number.Caution is { } caution)
                    shell.Print($"caution: {caution}");
            }
        }
        if (wanted.Contains("acd"))
        {
            string what = Given(parsed, _content, "what looks at frames");
            using var a = Look(what, "real frames", realFolder, realPaths, random: true);
            using var b = Look(what, "generated frames", fakeFolder, fakePaths, random: false);
            var (of, to) = (VideoQuality.Acd(b, fakeFolder), VideoQuality.Acd(a, realFolder));
            results["acd"] = new { of.Value.Value, of.Name, Videos = (int)of.Value.SamplesA, b.FramesWithout, Real = to.Value.Value, RealVideos = (int)to.Value.SamplesA, RealFramesWithout = a.FramesWithout };
            shell.Print(Text($"{of.Name,-18} {of.Value.Value,12:0.####}  of generated, {to.Value.Value:0.####} of real videos ({of.Value.SamplesA} and {to.Value.SamplesA}; nobody found in {b.FramesWithout} and {a.FramesWithout} frames)"));
        }
        if (wanted.Any(w => w is "akd" or "aed"))
            Compare(parsed, wanted, realFolder, fakeFolder, results);
        if (CommonOptions.WantsJson(parsed))
            shell.PrintJson(new { Command = "evaluate", Real = realFolder, Fake = fakeFolder, Protocol = protocol.Name, Form = protocol.Form.Name, Metrics = results });
        return ExitCode.Success;
    }

    private void Compare(ParseResult parsed, string[] wanted, string realFolder, string fakeFolder, Dictionary<string, object> results)
    {
        string device = CommonOptions.DeviceOf(parsed);
        using var points = wanted.Contains("akd") ? KeyPointFinders.Open(Given(parsed, _keyPoints, "what finds key points"), device) : null;
        using var who = wanted.Contains("aed") ? FrameExtractors.Open(Given(parsed, _identity, "what says who is shown"), device) : null;
        var pairs = FrameComparison.Pair(realFolder, fakeFolder);
        var comparison = new FrameComparison(points, who);
        WorkProgress.Track(shell, "pairs of videos", "videos", progress =>
        {
            foreach (var (i, (real, generated)) in pairs.Index())
            {
                shell.Cancellation.ThrowIfCancellationRequested();
                comparison.Add(real, generated);
                progress.Report(i + 1, pairs.Count, "pairs of videos");
            }
        });
        if (ComparisonView.Summary(comparison.KeyPoints) is { } akd)
            results["akd"] = akd;
        if (ComparisonView.Summary(comparison.Identity) is { } aed)
            results["aed"] = aed;
        foreach (string line in ComparisonView.Lines(comparison.KeyPoints, comparison.Identity))
            shell.Print(line);
    }

    private static string Given(ParseResult parsed, Option<string?> option, string what) => parsed.GetValue(option)
        ?? throw new LeoException(option.Name, $"{what} has to be named", $"Add {option.Name}; see leo evaluate --help");

    private void TellShort(VideoFeatures features, string folder)
    {
        if (features.TooShort > 0)
            shell.Say($"note: {features.TooShort} videos of {folder} are shorter than a clip and were left out");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
