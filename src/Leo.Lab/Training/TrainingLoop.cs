using System.Text.Json.Nodes;
using Leo.Lab.Checkpoints;
using Leo.Lab.Distributed;
using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>Runs a task to the end of its budget: schedule, averages, log, samples, checkpoints, resumption.</summary>
/// <param name="task">What to train; stays the caller's.</param>
/// <param name="settings">How.</param>
/// <param name="run">Where; goes on from its newest good checkpoint if there is one. Stays the caller's.</param>
/// <param name="progress">Who is told.</param>
/// <param name="clock">Time; the system's by default.</param>
/// <param name="team">Processes that divide each batch, this one among them, each with a task and settings that are alike. The first one's <paramref name="run"/> is written, the others only follow it (<see cref="RunFolder.Follow"/>). Alone by default.</param>
public sealed class TrainingLoop(TrainingTask task, TrainingSettings settings, RunFolder run, ITrainingProgress progress, TimeProvider? clock = null, Team? team = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ScalarMeans _means = new();
    private readonly Team _team = team ?? Team.Alone;
    private readonly TrainingCheckpoints _checkpoints = new(task, settings, run, progress, team ?? Team.Alone);
    private List<Ema> _averages = [];
    private LoopState _loop = new();
    private TimeSpan _before, _saved;
    private long _started, _firstStep, _savedStep;
    private double _learningRate;
    private bool _told;
    private StepRunner? _runner;

    // Never less than what the run had already: clocks are set back.
    private TimeSpan Elapsed => _before + TimeSpan.FromTicks(Math.Max(0, _clock.GetElapsedTime(_started).Ticks));

    /// <summary>Trains until the steps or minutes are used up, or until cancelled; the state is saved in each case.</summary>
    /// <exception cref="SettingsException">The settings are at fault, or do not fit the run in the folder.</exception>
    /// <exception cref="NotFiniteException">Loss or gradient were not finite too many steps in a row, or weights no longer are; the last checkpoint is intact.</exception>
    /// <exception cref="TrainingException">No checkpoint of the run can be read, or the batch cannot be divided over the processes.</exception>
    /// <exception cref="CheckpointException">The checkpoint to resume from is of another kind or size.</exception>
    /// <exception cref="FileWriteException">The disk is full; earlier checkpoints are intact.</exception>
    public TrainingResult Run(CancellationToken cancellation = default)
    {
        settings.Validate();
        SettingsException.ThrowIfAny("training settings (those of the task's recipe)", task.Training?.ConflictsWith(settings) ?? []);
        CheckNames();
        CheckShares();
        set_num_threads(settings.Threads);
        run.Begin(new RunSettings
        {
            Kind = task.Kind,
            Training = settings,
            Model = JsonNode.Parse(task.SettingsJson)!,
            Losses = task.LossesJson is { } losses ? JsonNode.Parse(losses) : null,
            Options = task.OptionsJson is { } options ? JsonNode.Parse(options) : null,
        });
        // Only the first process saves, samples and validates.
        _averages = [.. settings.EmaRates.Where(_ => _team.IsFirst).Select(rate => new Ema(task.Model, rate))];
        try
        {
            Restore();
            return Train(cancellation);
        }
        finally
        {
            _averages.ForEach(a => a.Dispose());
        }
    }

    private TrainingResult Train(CancellationToken cancellation)
    {
        using var mode = new PrecisionMode(settings.Precision);
        var precision = task.Use(settings.Precision);
        SetTraining(true);
        using var runner = _runner = new StepRunner(task, settings, _means, _team);
        (_started, _firstStep, _savedStep, _saved) = (_clock.GetTimestamp(), _loop.Step, -1, _before);
        progress.Begin(_loop.Step, settings);
        if (settings.Precision != Precision.Float32)
        {
            progress.Note(Named(precision));
        }
        foreach (string note in task.Notes)
        {
            progress.Note(note);
        }
        TrainingEnd reason;
        while (true)
        {
            // Clocks differ, and so does the moment at which a signal comes; a step is made by all or by none.
            double done = _team.OfFirst(LearningRates.Progress(settings, _loop.Step, Elapsed));
            bool cancelled = _team.Any(cancellation.IsCancellationRequested);
            if (_loop.Step >= settings.Steps || done >= 1 || cancelled)
            {
                reason = _loop.Step >= settings.Steps ? TrainingEnd.Completed : done >= 1 ? TrainingEnd.TimeUp : TrainingEnd.Cancelled;
                break;
            }
            if (_loop.Step == _firstStep && _told && !_means.IsEmpty)
            {
                // A run that stopped within an interval told of the part; now the interval becomes whole.
                run.Rewind(_loop.Step - 1);
                run.AppendSamples(_loop.Step); // these stay
            }
            _learningRate = LearningRates.At(settings, _loop.Step, done);
            Count(runner.Run(_loop.Step, done, _learningRate));
            Tell();
            if (Due(settings.LogEvery) || Due(settings.ValidateEvery))
            {
                Log(Due(settings.ValidateEvery));
            }
            if (Due(settings.SampleEvery))
            {
                Sample();
            }
            if (Due(settings.CheckpointEvery) || (settings.CheckpointEveryMinutes > 0 && _team.OfFirst((Elapsed - _saved).TotalMinutes >= settings.CheckpointEveryMinutes)))
            {
                Save();
            }
        }
        return Finish(reason);
    }

    private string Named(Precision used) => settings.Precision switch
    {
        Precision.Tf32 when task.Model.parameters().First().device_type != TorchSharp.DeviceType.CUDA => "precision: float32 (tf32 is a mode of CUDA)",
        var asked when asked != used => $"precision: float32 ({task.Kind} has no other)",
        _ => $"precision: {(used == Precision.Tf32 ? "tf32" : "bfloat16")}",
    };

    private TrainingResult Finish(TrainingEnd reason)
    {
        // Save first: validation and samples may take long, and someone in a hurry presses Ctrl-C twice.
        if (_savedStep != _loop.Step)
        {
            Save();
        }
        // Resumed at its end, a run has nothing left to tell, unless it was killed before it told.
        bool told = _told && _loop.Step == _firstStep;
        bool whole = reason != TrainingEnd.Cancelled && _loop.Step > 0 && !told;
        bool validate = whole && settings.ValidateEvery > 0 && !Due(settings.ValidateEvery);
        if (_team.OfFirst(!told && (validate || !_means.IsEmpty)))
        {
            Log(validate);
        }
        if (whole && settings.SampleEvery > 0 && !Due(settings.SampleEvery))
        {
            Sample();
        }
        var result = new TrainingResult(_loop.Step, Elapsed.TotalSeconds, reason, _loop.Skipped, run.Checkpoints.FileOf(_loop.Step));
        progress.End(result);
        return result;
    }

    private bool Due(int every) => every > 0 && _loop.Step % every == 0;

    private void Count(SkippedStep? skipped)
    {
        if (skipped is null)
        {
            _averages.ForEach(a => a.Update(_runner!.Skip));
            _loop = _loop with { Step = _loop.Step + 1, SkippedInARow = _runner!.IsDeferred ? _loop.SkippedInARow : 0, EmaUpdates = _loop.EmaUpdates + 1 };
            return;
        }
        _loop = _loop with { Step = _loop.Step + 1 };
        Skip(skipped);
    }

    // On a device, steps were counted as applied.
    private void Settle()
    {
        foreach (var outcome in _runner!.Read())
        {
            if (outcome is null)
                _loop = _loop with { SkippedInARow = 0 };
            else
                Skip(outcome);
        }
    }

    private void Skip(SkippedStep skipped)
    {
        _loop = _loop with { Skipped = _loop.Skipped + 1, SkippedInARow = _loop.SkippedInARow + 1 };
        run.Append(skipped);
        progress.Note(skipped.ToString());
        if (_loop.SkippedInARow >= settings.MaxSkipsInARow)
        {
            throw new NotFiniteException(run.Path, $"the loss or its gradient was not finite in {_loop.SkippedInARow} steps in a row, up to step {_loop.Step}; {RunFolder.SkippedName} names their clips",
                "Lower the learning rate, clip the gradients or take those clips out, and resume from the last checkpoint");
        }
    }

    private void Tell()
    {
        var elapsed = Elapsed;
        double seconds = (elapsed - _before).TotalSeconds;
        double rate = seconds > 0 ? (_loop.Step - _firstStep) / seconds : 0;
        double left = rate > 0 ? (settings.Steps - _loop.Step) / rate : 0;
        if (settings.MaxMinutes is { } minutes)
        {
            left = Math.Clamp((minutes * 60) - elapsed.TotalSeconds, 0, rate > 0 ? left : double.MaxValue);
        }
        // A rate near zero gives times that no TimeSpan holds.
        var remaining = TimeSpan.FromSeconds(Math.Min(left, TimeSpan.FromDays(10_000).TotalSeconds));
        progress.Step(new TrainingTick(_loop.Step, settings.Steps, LearningRates.Progress(settings, _loop.Step, elapsed), elapsed, rate, remaining));
    }

    private void Log(bool validate)
    {
        Settle();
        _means.Load(Means());
        var scalars = _means.Take();
        if (!_team.IsFirst)
            return;
        if (validate)
        {
            WithAverages(() =>
            {
                foreach (var (name, value) in task.Validate().Where(v => double.IsFinite(v.Value)))
                {
                    scalars["validation." + name] = value;
                }
            });
        }
        var metrics = new TrainingMetrics
        {
            Step = _loop.Step,
            Seconds = Math.Round(Elapsed.TotalSeconds, 3),
            LearningRate = _learningRate,
            Skipped = _loop.Skipped,
            Scalars = scalars,
        };
        run.Append(metrics);
        progress.Metrics(metrics);
    }

    private void Sample()
    {
        if (!_team.IsFirst)
            return;
        WithAverages(() => task.Sample(run.SamplesPath, _loop.Step));
        run.AppendSamples(_loop.Step);
        progress.Note($"samples of step {_loop.Step} are in {run.SamplesPath}");
    }

    private void WithAverages(Action action)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var averaged = _averages.Count > 0 ? _averages[0].Apply() : null;
        SetTraining(false);
        try
        {
            action();
        }
        finally
        {
            SetTraining(true);
        }
    }

    private void SetTraining(bool on)
    {
        task.Model.train(on);
        foreach (var companion in task.Companions.Values)
        {
            companion.train(on);
        }
    }

    private void Save()
    {
        Settle();
        _loop = _loop with { Seconds = Elapsed.TotalSeconds, Means = Means() };
        if (_team.IsFirst)
            _checkpoints.Save(_averages, _loop);
        (_savedStep, _saved) = (_loop.Step, Elapsed);
    }

    // Each process has the means of its shares, and all have those that a resumed interval began with.
    private SortedDictionary<string, double[]> Means() => TeamMeans.Join(_means.Save(), _team);

    private void Restore()
    {
        if (_checkpoints.Restore(_averages) is { } restored)
        {
            _loop = restored;
            _before = TimeSpan.FromSeconds(_loop.Seconds);
            _means.Load(_loop.Means);
        }
        else
        {
            manual_seed(Seeds.Derive(settings.Seed, TrainingState.Ambient));
        }
        // Weights that were made alike differ in their last digits where the processors do.
        _team.Broadcast(task.Companions.Values.Prepend(task.Model).SelectMany(m => m.state_dict().Values));
        _team.Barrier();
        if (run.Rewind(_loop.Step) is > 0 and int damaged)
        {
            progress.Note($"{run.MetricsPath}: dropped {damaged} damaged {(damaged == 1 ? "line" : "lines")}");
        }
        _told = _team.IsFirst && RunFolder.ReadMetrics(run.Path) is [.., var last] && last.Step == _loop.Step;
    }

    private void CheckShares()
    {
        if (!_team.IsShared)
            return;
        int together = task.Inseparable ?? throw new TrainingException(task.Kind, $"this training does not divide its batches, and was started in {_team.Size} processes", "Start it in one");
        if (settings.BatchSize % (together * _team.Size) != 0)
        {
            throw new TrainingException("batchSize", $"a batch of {settings.BatchSize} cannot be divided over {_team.Size} processes{(together > 1 ? $", as {together} examples each are looked at together" : "")}",
                "Take another number of processes or another batch");
        }
    }

    private void CheckNames()
    {
        string[] taken = ["model", "ema", "gen", "extra", "optim", "rng", "state", .. settings.EmaRates.Select((_, i) => $"ema{i}")];
        if (task.Companions.Keys.FirstOrDefault(k => taken.Contains(k.Split('.')[0])) is { } name)
        {
            throw new ArgumentException($"A companion cannot be named {name}: checkpoints use that prefix.");
        }
    }
}
