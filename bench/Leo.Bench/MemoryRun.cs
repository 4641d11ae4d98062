using Leo.Lab.Training;

namespace Leo.Bench;

/// <summary>Resident memory while the animator trains: it must not grow.</summary>
internal static class MemoryRun
{
    private const int Interval = 50;

    internal static void Run(int steps, int threads)
    {
        Console.WriteLine($"\nrss: {steps} LIA steps, {threads} {(threads == 1 ? "thread" : "threads")}");
        using var work = Work.Create("animator", threads);
        using var folder = new ScratchFolder();
        using var run = RunFolder.Create(Path.Combine(folder.Path, "run"));
        var watch = new Watch();
        new TrainingLoop(work.Task, work.Training with { Steps = steps }, run, watch).Run();
        Console.WriteLine(FormattableString.Invariant($"  from step {Interval} to {steps}: {watch.Growth / 1024.0:+0.0;-0.0} MB"));
    }

    private sealed class Watch : ITrainingProgress
    {
        private long _first;

        internal long Growth { get; private set; }

        public void Begin(long step, TrainingSettings settings) => Tell(0);

        public void Step(in TrainingTick tick)
        {
            if (tick.Step % Interval == 0) Tell(tick.Step);
        }

        public void Metrics(TrainingMetrics metrics)
        {
        }

        public void Note(string text)
        {
        }

        public void End(TrainingResult result)
        {
        }

        private void Tell(long step)
        {
            long resident = Machine.ResidentKilobytes();
            if (step == Interval) _first = resident;
            Growth = resident - _first;
            Console.WriteLine(FormattableString.Invariant($"  step {step,4}  {resident / 1024.0,7:0.0} MB resident, {GC.CollectionCount(2)} collections of generation 2"));
        }
    }
}
