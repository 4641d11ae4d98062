using Leo.Lab.Animator;
using Leo.Lab.Motion;
using Leo.Lab.Training;

namespace Leo.Lab.Experiments;

/// <summary>Trains both phases of LEO for the main job: animator, then motion model and starting codes on its codes.</summary>
/// <param name="options">The job.</param>
/// <param name="progress">Told how it goes.</param>
internal sealed class MainJobTraining(MainJobOptions options, IMainJobProgress progress)
{
    /// <summary>How the animator of a preset is trained.</summary>
    public static AnimatorTrainingSettings AnimatorSettings(string preset) => preset switch
    {
        "small" => AnimatorTrainingSettings.Small,
        "paper" => AnimatorTrainingSettings.Paper,
        _ => AnimatorTrainingSettings.Tiny,
    };

    /// <summary>Trains everything for one kind of video.</summary>
    /// <param name="data">The videos.</param>
    /// <param name="runs">The run folders to fill.</param>
    /// <param name="minutes">Budget of all three trainings: 75 % animator, 20 % motion, 5 % starting codes.</param>
    /// <param name="cancellation">Asks to save and stop.</param>
    public void Run(SubjectData data, LeoParts runs, double minutes, CancellationToken cancellation)
    {
        var settings = AnimatorSettings(options.Preset);
        settings = settings with { Training = Budget(settings.Training, minutes * 0.75) };
        using (var task = AnimatorTraining.Create(settings, data.Train, data.Test))
            Train($"{data.Name}: train the animator", task, settings.Training, runs.Animator, cancellation);

        using var animator = ImageAnimator.Load(runs.Animator);
        string fingerprint = CodeExtraction.Fingerprint(runs.Animator);
        CodeSequences? train = null, test = null;
        progress.Track($"{data.Name}: extract motion codes", "videos", report =>
        {
            int total = data.Train.Count + data.Test.Count;
            train = CodeExtraction.Run(animator, data.Train, Names(data.Train.Count), fingerprint, done => Tell(done));
            test = CodeExtraction.Run(animator, data.Test, Names(data.Test.Count), fingerprint, done => Tell(data.Train.Count + done));

            void Tell(int done)
            {
                cancellation.ThrowIfCancellationRequested();
                report(done, total);
            }
        });

        var motion = options.Preset switch { "small" => MotionRunSettings.Small, "paper" => MotionRunSettings.Paper, _ => MotionRunSettings.Tiny };
        var motionTraining = Budget(motion.Training, minutes * 0.2);
        using (var model = MotionModel.Create(Fitting(motion.Motion with { Dim = train!.Dim }, train), train, options.Seed))
        using (var task = new MotionTask(model, train, motionTraining, test, startShift: motion.StartShift))
            Train($"{data.Name}: train the motion model", task, motionTraining, runs.Motion!, cancellation);

        var start = options.Preset switch { "small" => StartCodeRunSettings.Small, "paper" => StartCodeRunSettings.Paper, _ => StartCodeRunSettings.Tiny };
        var startTraining = Budget(start.Training, minutes * 0.05);
        using (var model = new StartCodeModel(start.StartCode with { Dim = train.Dim }, CodeNormalizer.ForCodes(train), options.Seed))
        using (var task = new StartCodeTask(model, train, startTraining, test))
            Train($"{data.Name}: train the starting codes", task, startTraining, runs.StartCodes!, cancellation);
    }

    private void Train(string title, TrainingTask task, TrainingSettings settings, string path, CancellationToken cancellation)
    {
        using var run = options.Resume ? RunFolder.CreateOrResume(path) : RunFolder.Create(path);
        var end = TrainingEnd.Completed;
        progress.Train(title, view => end = new TrainingLoop(task, settings, run, view).Run(cancellation).Reason);
        if (end == TrainingEnd.Cancelled)
            throw new OperationCanceledException(cancellation);
    }

    private TrainingSettings Budget(TrainingSettings settings, double minutes) => settings with
    {
        MaxMinutes = minutes,
        Seed = options.Seed,
        Threads = options.TrainingThreads ?? settings.Threads,
    };

    // A user's clips may be shorter than the paper's 64 frames: the sequence is then as long as the longest of them allows.
    private MotionSettings Fitting(MotionSettings settings, CodeSequences codes)
    {
        int longest = codes.Videos.Max(v => v.Frames), multiple = 1 << (settings.Network.ChannelMult.Count - 1);
        if (longest >= settings.Length || longest < multiple)
            return settings;
        int length = longest / multiple * multiple;
        progress.Say($"no video has {settings.Length} frames; the motion model learns sequences of {length}");
        return settings with { Length = length };
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"{i:00000}")];
}
