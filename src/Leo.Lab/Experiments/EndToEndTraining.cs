using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Motion;
using Leo.Lab.Training;

namespace Leo.Lab.Experiments;

/// <summary>Trains both phases of LEO for the main job: animator, then motion model and starting codes on its codes.</summary>
/// <param name="options">The job.</param>
/// <param name="progress">Told how it goes.</param>
internal sealed class EndToEndTraining(EndToEndOptions options, IWorkProgress progress)
{
    /// <summary>Trains everything for one kind of video.</summary>
    /// <param name="data">The videos.</param>
    /// <param name="runs">The run folders to fill.</param>
    /// <param name="minutes">Budget of all three trainings: 75 % animator, 20 % motion, 5 % starting codes.</param>
    /// <param name="cancellation">Asks to save and stop.</param>
    public void Run(SubjectData data, LeoParts runs, double minutes, CancellationToken cancellation)
    {
        var first = Budgeted<AnimatorRecipe>(minutes * 0.75);
        using (var task = new AnimatorTask(first, data.Train, data.Test))
            Train($"{data.Name}: train the animator", task, first, runs.Animator, cancellation);

        using var animator = ImageAnimator.Load(runs.Animator);
        ComputeDevice.Move(animator, ComputeDevice.Find(options.Device));
        CodeSequences? train = null, test = null;
        progress.Track($"{data.Name}: extract motion codes", "videos", report =>
        {
            int total = data.Train.Count + data.Test.Count;
            train = CodeExtraction.Run(animator, data.Train, Names(data.Train.Count), done => Tell(done));
            test = CodeExtraction.Run(animator, data.Test, Names(data.Test.Count), done => Tell(data.Train.Count + done));

            void Tell(int done)
            {
                cancellation.ThrowIfCancellationRequested();
                report(done, total);
            }
        });

        var motion = Budgeted<MotionRecipe>(minutes * 0.2);
        int asked = motion.Motion.Length;
        motion = motion.Fitting(train!);
        if (motion.Motion.Length != asked)
            progress.Say($"no video has {asked} frames; the motion model learns sequences of {motion.Motion.Length}");
        using (var task = new MotionTask(motion, train!, test))
            Train($"{data.Name}: train the motion model", task, motion, runs.Motion!, cancellation);

        var start = Budgeted<StartCodeRecipe>(minutes * 0.05);
        using (var task = new StartCodeTask(start, train!, test))
            Train($"{data.Name}: train the starting codes", task, start, runs.StartCodes!, cancellation);
    }

    private void Train(string title, TrainingTask task, Recipe recipe, string path, CancellationToken cancellation)
    {
        using var run = options.Resume ? RunFolder.CreateOrResume(path) : RunFolder.Create(path);
        var end = TrainingEnd.Completed;
        progress.Train(title, view => end = new TrainingLoop(task, recipe.Training, run, view).Run(cancellation).Reason);
        if (end == TrainingEnd.Cancelled)
            throw new OperationCanceledException(cancellation);
    }

    private T Budgeted<T>(double minutes)
        where T : Recipe, IPresets<T>
    {
        var recipe = Recipe.Preset<T>(options.Preset);
        return recipe with { Training = recipe.Training with { MaxMinutes = minutes, Seed = options.Seed, Threads = options.TrainingThreads ?? recipe.Training.Threads, Device = options.Device, Precision = options.Precision } };
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"{i:00000}")];
}
