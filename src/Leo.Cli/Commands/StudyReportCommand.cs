using System.CommandLine;
using Leo.Lab;
using Leo.Lab.Experiments.Study;

namespace Leo.Cli.Commands;

/// <summary><c>leo study report</c>: rates, intervals, tests and agreement, from the files that raters saved.</summary>
internal static class StudyReportCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var results = new Argument<string[]>("results")
        {
            Description = "The .json files that raters saved, or folders of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var key = CommonOptions.Path("--key", "file", "The key that leo study make wrote.");
        var checks = new Option<double>("--least-checks")
        {
            Description = "Share of the attention checks that a rater has to pass to be counted, 0 to 1.",
            HelpName = "share",
            DefaultValueFactory = _ => 0,
            Validators = { result => { if (result.Tokens.Count == 1 && result.GetValueOrDefault<double>() is not (>= 0 and <= 1)) result.AddError("--least-checks is a share from 0 to 1."); } },
        };
        var output = CommonOptions.OptionalPath("--out", "file", "Also write the report to a file: .md, or .json for all numbers.");

        return new LeoCommand("report", "Preference rates with exact intervals and tests, and how far raters agree; the paper's numbers beside them.",
            "leo study report answers --key study-key.json",
            "leo study report answers/*.json --key study-key.json --least-checks 0.8 --out report.md --json")
        .With(results, key, checks, output)
        .Does(parsed =>
        {
            var opened = StudyKey.Read(parsed.GetRequiredValue(key));
            var report = StudyAnalysis.Run(opened, StudyResults.Read(parsed.GetRequiredValue(results), opened), parsed.GetValue(checks));
            string text = StudyMarkdown.Of(report);
            if (parsed.GetValue(output) is { } path)
                AtomicFile.WriteText(path, Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) ? Json.Write(report) + "\n" : text);
            shell.Print(text.TrimEnd());
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(report);
            return ExitCode.Success;
        });
    }
}
