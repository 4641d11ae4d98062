using System.CommandLine;
using System.Globalization;
using Leo.Lab.Training;

namespace Leo.Cli;

/// <summary>The options that every <c>leo train</c> command takes, and what they do.</summary>
internal sealed class TrainingOptions
{
    private readonly Option<string> _preset = CommonOptions.Preset();
    private readonly Option<long> _seed = CommonOptions.Seed();
    private readonly Option<string> _precision = CommonOptions.Precision();
    private readonly Option<int?> _steps = new("--steps") { Description = "Steps to train in all, in place of the preset's.", HelpName = "n" };
    private readonly Option<double?> _minutes = new("--minutes") { Description = "Stop after so many minutes if the steps are not done by then.", HelpName = "n" };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the run in the folder, with the settings it was begun with and those given now, or start it where there is none." };
    private readonly Option<bool> _tensorboard = new("--tensorboard") { Description = "Log to the run folder's tensorboard/ as well: the numbers of metrics.jsonl and the sample pictures, for `tensorboard --logdir`." };
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Replace a setting: key=value, as often as wanted. A wrong key lists all of them.",
        HelpName = "key=value",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string>? _data;
    private readonly List<(string What, Option<string?>[] Options)> _files = [];

    /// <summary>What to train on; only where the constructor was told.</summary>
    public Option<string> Data => _data ?? throw new InvalidOperationException("This training takes no data.");

    /// <summary>The run folder.</summary>
    public Option<string> RunPath { get; } = CommonOptions.Path("--run", "folder", "Run folder: settings, metrics, samples and checkpoints.", "--out");

    public TrainingOptions(string dataHelp, string dataDescription) => _data = CommonOptions.Path("--data", dataHelp, dataDescription);

    /// <summary>For a training that makes its own data and has one size.</summary>
    public TrainingOptions()
    {
    }

    /// <summary>Has <c>--resume</c> remember a file that any of these options names.</summary>
    public TrainingOptions Remember(string what, params Option<string?>[] options)
    {
        _files.Add((what, options));
        return this;
    }

    /// <summary>A file that is remembered: of this command line or of the run that it resumes; null where neither names one.</summary>
    public string? Remembered(ParseResult parsed, string what) => Asked(parsed).Files.GetValueOrDefault(what);

    /// <summary>All of them, in the order of the help text.</summary>
    public Symbol[] All => _data is null ? [RunPath, _steps, _minutes, _resume, _tensorboard, _seed, _precision, _set] : [_data, RunPath, _preset, _steps, _minutes, _resume, _tensorboard, _seed, _precision, _set];

    /// <summary>The preset that was asked for, with <c>--set</c> applied, and over it budget, seed and threads of the command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="shaped">What the command makes of a preset before.</param>
    public T Recipe<T>(ParseResult parsed, Func<T, T> shaped)
        where T : Recipe, IPresets<T>
    {
        var asked = Asked(parsed);
        var recipe = SettingsOverrides.Apply(shaped(Lab.Training.Recipe.Preset<T>(asked.Preset)), asked.Set);
        return recipe with
        {
            Training = recipe.Training with
            {
                Steps = asked.Steps ?? recipe.Training.Steps,
                MaxMinutes = asked.Minutes ?? recipe.Training.MaxMinutes,
                Seed = asked.Seed ?? recipe.Training.Seed,
                Precision = asked.Precision ?? recipe.Training.Precision,
                Threads = CommonOptions.ThreadsGiven(parsed) ?? recipe.Training.Threads,
                Device = CommonOptions.DeviceGiven(parsed) ?? recipe.Training.Device,
            },
        };
    }

    // What this command line asks for, over what the run that it resumes was begun with.
    private RunRequest Asked(ParseResult parsed)
    {
        var begun = parsed.GetValue(_resume) ? RunRequest.Read(parsed.GetRequiredValue(RunPath)) : new RunRequest();
        var named = new Dictionary<string, string>(begun.Files);
        foreach (var (what, options) in _files)
        {
            if (options.Select(parsed.GetValue).FirstOrDefault(f => f is not null) is { } file)
                named[what] = file;
        }
        return new RunRequest
        {
            Files = named,
            Preset = _data is not null && parsed.GetResult(_preset) is { Implicit: false } ? parsed.GetValue(_preset) : begun.Preset,
            Set = [.. begun.Set, .. parsed.GetValue(_set) ?? []],
            Steps = parsed.GetValue(_steps) ?? begun.Steps,
            Minutes = parsed.GetValue(_minutes) ?? begun.Minutes,
            TensorBoard = parsed.GetResult(_tensorboard) is { Implicit: false } ? parsed.GetValue(_tensorboard) : begun.TensorBoard,
            Precision = CommonOptions.PrecisionGiven(parsed, _precision) ?? begun.Precision,
            Seed = parsed.GetResult(_seed) is { Implicit: false } ? parsed.GetValue(_seed) : begun.Seed,
        };
    }

    /// <summary>Trains and reports.</summary>
    public int Run(Shell shell, ParseResult parsed, TrainingTask task, TrainingSettings settings)
    {
        string path = parsed.GetRequiredValue(RunPath);
        var asked = Asked(parsed);
        // The request in the folder is read by all before the first one writes it anew.
        shell.Team.Barrier();
        using var run = !shell.Team.IsFirst ? RunFolder.Follow(path) : parsed.GetValue(_resume) ? RunFolder.CreateOrResume(path) : RunFolder.Create(path);
        if (asked.TensorBoard) run.LogToTensorBoard();
        // A new run has its request before anything else; one that is gone on with keeps the old one until the new was found to fit.
        if (shell.Team.IsFirst && !RunFolder.Exists(path)) asked.Write(path);
        TrainingResult? result = null;
        WorkProgress.Track(shell, task.Kind, "steps", progress =>
            result = new TrainingLoop(task, settings, run, new TrainingView(progress, begun: shell.Team.IsFirst ? () => asked.Write(path) : null), team: shell.Team).Run(shell.Cancellation));

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
