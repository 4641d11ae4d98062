using System.Diagnostics;
using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>Steps and frames of one preset in one precision, in a process of its own: memory is the process's.</summary>
internal static class GpuSpeedWorker
{
    // Reading a line of the log waits for the device, so what lies between two of them is what their steps took.
    private static int _interval = 5;

    internal static GpuSpeed Run(string preset, Precision precision, string device, double seconds)
    {
        if (device == "cpu")
            _interval = 2;
        double before = DeviceMemory.Used(device);
        var recipe = preset switch { "tiny" => AnimatorRecipe.Tiny, "small" => AnimatorRecipe.Small, _ => AnimatorRecipe.Paper };
        for (int batch = recipe.Training.BatchSize; ; batch /= 2)
        {
            try
            {
                var (milliseconds, steps) = Steps(recipe, batch, precision, device, seconds);
                double memory = DeviceMemory.Used(device) - before;
                return new()
                {
                    Preset = preset,
                    Precision = precision,
                    Batch = batch,
                    StepMilliseconds = milliseconds,
                    Steps = steps,
                    FramesPerSecond = Frames(recipe.Animator, precision, device, seconds / 2),
                    MemoryMegabytes = device == "cpu" ? Machine.PeakKilobytes() / 1024.0 : memory,
                };
            }
            catch (Exception e) when (e.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase))
            {
                if (batch == 1)
                    return new() { Preset = preset, Precision = precision, Batch = batch, Failed = "a batch of one does not fit into the device's memory" };
            }
        }
    }

    private static (double Milliseconds, int Steps) Steps(AnimatorRecipe recipe, int batch, Precision precision, string device, double seconds)
    {
        var training = recipe.Training with
        {
            BatchSize = batch,
            Seed = Work.Seed,
            Precision = precision,
            Device = device,
            LogEvery = _interval,
            SampleEvery = 0,
            ValidateEvery = 0,
            CheckpointEvery = 0,
            CheckpointEveryMinutes = 0,
        };
        using var pairs = new FixedPairs(batch, recipe.Animator.Size);
        using var task = new AnimatorTask(recipe with { Training = training }, pairs, new HeldOutClips([]));
        using var folder = new ScratchFolder();
        using var run = RunFolder.Create(Path.Combine(folder.Path, "run"));
        using var stop = new CancellationTokenSource();
        var clock = new Clock(seconds, stop);
        new TrainingLoop(task, training, run, clock).Run(stop.Token);
        return (Statistics.Median(clock.Milliseconds), clock.Milliseconds.Count * _interval);
    }

    private static double Frames(AnimatorSettings settings, Precision precision, string device, double seconds)
    {
        const int Frames = 16;
        using var generator = Seeds.Generator(Work.Seed, "bench.render");
        using var animator = new ImageAnimator(settings, generator);
        animator.Precision = precision;
        animator.eval();
        ComputeDevice.Move(animator, ComputeDevice.Find(device));
        using var frames = new FixedPairs(Frames, settings.Size);
        using var source = frames.Source.narrow(0, 0, 1);
        var pipeline = new AnimationPipeline(animator);
        int made = 0;
        long start = 0;
        for (bool warm = false; !warm || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; made += Frames)
        {
            if (!warm)
                (warm, start, made) = (true, 0, -Frames);
            using var scope = NewDisposeScope();
            pipeline.Animate(source, frames.Driving);
            if (start == 0)
                start = Stopwatch.GetTimestamp();
        }
        return made / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private sealed class Clock(double seconds, CancellationTokenSource stop) : ITrainingProgress
    {
        private long _first, _last;

        internal List<double> Milliseconds { get; } = [];

        public void Begin(long step, TrainingSettings settings)
        {
        }

        public void Step(in TrainingTick tick)
        {
        }

        public void Metrics(TrainingMetrics metrics)
        {
            if (metrics.Step % _interval != 0)
                return; // the part of an interval that was left when time was up
            long now = Stopwatch.GetTimestamp();
            if (_last > 0)
                Milliseconds.Add(Stopwatch.GetElapsedTime(_last, now).TotalMilliseconds / _interval);
            else
                _first = now; // the first interval is warm-up
            _last = now;
            if (Milliseconds.Count > 0 && Stopwatch.GetElapsedTime(_first, now).TotalSeconds >= seconds)
                stop.Cancel();
        }

        public void Note(string text)
        {
        }

        public void End(TrainingResult result)
        {
        }
    }
}
