using System.CommandLine;
using System.Globalization;
using Leo.Lab.Training;

namespace Leo.Cli;

/// <summary>The options that every <c>leo train</c> command takes, and what they do.</summary>
internal sealed class TrainingOptions
{
    private readonly Option<string> preset = CommonOptions.Preset();
    private readonly Option<long> seed = CommonOptions.Seed();
    private readonly Option<int?> steps = new("--steps") { Description = "Steps to train in all, in place of the preset's.", HelpName = "n" };
    private readonly Option<double?> minutes = new("--minutes") { Description = "Stop after so many minutes if the steps are not done by then.", HelpName = "n" };
    private readonly Option<bool> resume = new("--resume") { Description = "Go on with the run in the folder, or start it where there is none." };
    private readonly Option<string[]> set = new("--set")
    {
        Description = "Replace a setting: key=value, as often as wanted. A wrong key lists all of them.",
        HelpName = "key=value",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string>? data;

    /// <summary>What to train on; only where the constructor was told.</summary>
    public Option<string> Data => data ?? throw new InvalidOperationException("This training takes no data.");

    /// <summary>The run folder.</summary>
    public Option<string> RunPath { get; } = CommonOptions.Path("--run", "folder", "Run folder: settings, metrics, samples and checkpoints.", "--out");

    public TrainingOptions(string dataHelp, string dataDescription) => data = CommonOptions.Path("--data", dataHelp, dataDescription);

    /// <summary>For a training that makes its own data and has one size.</summary>
    public TrainingOptions()
    {
    }

    /// <summary>All of them, in the order of the help text.</summary>
    public Symbol[] All => data is null ? [RunPath, steps, minutes, resume, seed, set] : [data, RunPath, preset, steps, minutes, resume, seed, set];

    /// <summary>The preset that was asked for, with <c>--set</c> applied.</summary>
    public T Settings<T>(ParseResult parsed, T tiny, T small, T paper) =>
        SettingsOverrides.Apply(parsed.GetValue(preset) switch { "small" => small, "paper" => paper, _ => tiny }, parsed.GetValue(set) ?? []);

    /// <summary>Settings of which there is one size, with <c>--set</c> applied.</summary>
    public T Settings<T>(ParseResult parsed, T settings) => SettingsOverrides.Apply(settings, parsed.GetValue(set) ?? []);

    /// <summary>Budget, seed and threads of the command line over those of the settings.</summary>
    public TrainingSettings Training(ParseResult parsed, TrainingSettings settings) => settings with
    {
        Steps = parsed.GetValue(steps) ?? settings.Steps,
        MaxMinutes = parsed.GetValue(minutes) ?? settings.MaxMinutes,
        Seed = parsed.GetResult(seed) is { Implicit: false } ? parsed.GetValue(seed) : settings.Seed,
        Threads = CommonOptions.ThreadsGiven(parsed) ?? settings.Threads,
    };

    /// <summary>Trains and reports.</summary>
    public int Run(Shell shell, ParseResult parsed, TrainingTask task, TrainingSettings settings)
    {
        string path = parsed.GetRequiredValue(RunPath);
        using var run = parsed.GetValue(resume) ? RunFolder.CreateOrResume(path) : RunFolder.Create(path);
        TrainingResult? result = null;
        WorkProgress.Track(shell, task.Kind, "steps", progress =>
            result = new TrainingLoop(task, settings, run, new TrainingView(progress)).Run(shell.Cancellation));

        shell.Print(string.Create(CultureInfo.InvariantCulture, $"{result!.CheckpointPath}: {task.Kind} after {result.Step} steps, {result.Seconds:0} s"));
        if (CommonOptions.WantsJson(parsed))
        {
            shell.PrintJson(new
            {
                Command = $"train {task.Kind}",
                Run = path,
                Checkpoint = result.CheckpointPath,
                result.Step,
                Seconds = Math.Round(result.Seconds, 1),
                Reason = result.Reason.ToString().ToLowerInvariant(),
                result.Skipped,
                settings.Seed,
            });
        }
        return result.Reason == TrainingEnd.Cancelled ? ExitCode.Interrupted : ExitCode.Success;
    }
}
