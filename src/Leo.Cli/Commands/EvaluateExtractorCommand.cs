using System.CommandLine;
using System.Globalization;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Metrics;
using Leo.Lab.Experiments.Extractor;

namespace Leo.Cli.Commands;

/// <summary><c>leo evaluate extractor</c>: does an extractor's FVD rise with what spoils videos?</summary>
internal static class EvaluateExtractorCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var extractor = new Option<string>("--extractor") { Description = $"What is judged: {VideoExtractors.Known}.", HelpName = "kind:FILE", Required = true };
        var kind = new Option<string>("--kind") { Description = "Which puppets are drawn for it.", DefaultValueFactory = _ => "both" };
        kind.AcceptOnlyFromAmong("faces", "bodies", "both");
        var clips = CommonOptions.Count("--clips", "Clips on either side.", 256, least: 8);
        var stride = CommonOptions.Count("--stride", "Every how many frames one is taken.", 4);
        var seed = CommonOptions.Seed();

        return new LeoCommand("extractor", "Judge an extractor: its FVD between puppets has to rise with noise, blur, shuffled and frozen frames, swapped people and foreign motions.",
            "leo evaluate extractor --extractor i3d:i3d_pretrained_400.pt --clips 64 --json")
        .With(extractor, kind, clips, stride, seed)
        .Does(parsed =>
        {
            CommonOptions.ApplyThreads(parsed, FeaturesCommand.VideoThreads);
            using var network = VideoExtractors.Open(parsed.GetRequiredValue(extractor), CommonOptions.DeviceOf(parsed));
            var reports = new List<SensitivityReport>();
            foreach (var puppets in Enum.GetValues<PuppetKind>().Where(k => parsed.GetValue(kind) == "both" || parsed.GetValue(kind)!.Equals($"{k}", StringComparison.OrdinalIgnoreCase)))
            {
                WorkProgress.Track(shell, $"{puppets}".ToLowerInvariant(), "clips", progress => reports.Add(
                    new SensitivityEvaluation(network, puppets, parsed.GetValue(seed)) { Clips = parsed.GetValue(clips), Stride = parsed.GetValue(stride) }.Run((done, total) =>
                    {
                        shell.Cancellation.ThrowIfCancellationRequested();
                        progress.Report(done, total);
                    })));
            }
            foreach (var report in reports)
                Print(shell, report);
            if (CommonOptions.WantsJson(parsed))
            {
                shell.PrintJson(new
                {
                    Command = "evaluate extractor",
                    Extractor = network.Name,
                    network.Weights,
                    Monotone = reports.All(r => r.Monotone),
                    SensitivityEvaluation.Strengths,
                    Kinds = reports.Select(r => new { r.Kind, r.Clips, r.Clean, r.Monotone, r.Curves }),
                });
            }
            return ExitCode.Success;
        });
    }

    private static void Print(Shell shell, SensitivityReport report)
    {
        shell.Print(Text($"{MetricName.Of("FVD", report.Extractor)}, {report.Kind}, {report.Clips} clips; nothing spoilt: {report.Clean:0.####}"));
        shell.Print($"  {"strength",-10}{string.Join("", SensitivityEvaluation.Strengths.Select(s => Text($"{s,12:0.0}")))}");
        foreach (var (name, values) in report.Curves)
            shell.Print($"  {name,-10}{string.Join("", values.Select(v => Text($"{v,12:0.####}")))}  {(report.Rises(name) ? "rises" : "DOES NOT RISE")}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
