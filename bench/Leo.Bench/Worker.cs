using Leo.Lab.Training;

namespace Leo.Bench;

/// <summary>Trains for real, in the loop of <c>leo train</c>, as many steps at a time as it is told on stdin.</summary>
internal static class Worker
{
    internal static void Run(Work work, bool record)
    {
        using (work)
        using (var folder = new ScratchFolder())
        using (var run = RunFolder.Create(Path.Combine(folder.Path, "run")))
        using (var stop = new CancellationTokenSource())
        {
            var settings = record ? work.Training with { LogEvery = 1 } : work.Training;
            new TrainingLoop(work.Task, settings, run, new SteppedProgress(stop, record)).Run(stop.Token);
        }
    }
}
