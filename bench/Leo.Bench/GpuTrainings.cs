using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Training;

namespace Leo.Bench;

/// <summary>A real training of <c>tiny</c> on drawn faces, on the device and on the CPU.</summary>
internal static class GpuTrainings
{
    internal static IEnumerable<GpuTraining> Run(GpuPlan plan, Func<bool> hasTime)
    {
        using var folder = new ScratchFolder();
        PuppetStudio.Write(Path.Combine(folder.Path, "faces"), new PuppetOptions { TrainIdentities = 6, TestIdentities = 1, VideosPerIdentity = 1, Frames = 24, Seed = Work.Seed });
        using var people = SubjectData.Open("faces", Path.Combine(folder.Path, "faces"), AnimatorRecipe.Tiny.Animator.Size, Path.Combine(folder.Path, "cache"));
        int runs = 0;
        double[] expected = Losses("cpu", Precision.Float32);
        int tenth = Math.Max(1, plan.TrainingSteps / 10);
        foreach (var precision in plan.Precisions)
        {
            if (!hasTime())
                yield break;
            double[] found = Losses(plan.Device, precision);
            yield return new(precision, plan.TrainingSteps, found[0], expected[0], found[^tenth..].Average(), expected[^tenth..].Average());
        }

        double[] Losses(string device, Precision precision)
        {
            var recipe = AnimatorRecipe.Tiny;
            recipe = recipe with
            {
                Training = recipe.Training with
                {
                    Steps = plan.TrainingSteps,
                    MaxMinutes = null,
                    Seed = Work.Seed,
                    Device = device,
                    Precision = precision,
                    LogEvery = 1,
                    SampleEvery = 0,
                    ValidateEvery = 0,
                    CheckpointEvery = 0,
                    CheckpointEveryMinutes = 0,
                },
            };
            string path = Path.Combine(folder.Path, $"run-{++runs}");
            using var task = new AnimatorTask(recipe, people.Train, people.Test);
            using (var run = RunFolder.Create(path))
                new TrainingLoop(task, recipe.Training, run, new Quiet()).Run();
            return [.. RunFolder.ReadMetrics(path).Select(m => m.Scalars["loss.animator"])];
        }
    }

    private sealed class Quiet : ITrainingProgress
    {
        public void Begin(long step, TrainingSettings settings)
        {
        }

        public void Step(in TrainingTick tick)
        {
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
    }
}
