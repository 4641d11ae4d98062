using System.Diagnostics;
using Leo.Lab.Diffusion;
using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>How long one sequence of 64 motion codes takes to sample.</summary>
internal static class SamplingRun
{
    internal static void Run(IReadOnlyList<int> threads)
    {
        Console.WriteLine("\nsampling: one sequence of 64 × 20 codes, seconds");
        using var work = MotionWork.Create(threads[0]);
        work.Model.Network.eval();
        foreach (int count in threads)
        {
            set_num_threads(count);
            Seconds(work.Model, SamplerSpec.Ddim50);
            double ddpm = Seconds(work.Model, SamplerSpec.Ddpm), ddim = Seconds(work.Model, SamplerSpec.Ddim50);
            Console.WriteLine(FormattableString.Invariant($"  {count} {(count == 1 ? "thread" : "threads")}: DDPM, 1000 steps {ddpm:0.00}; DDIM, 50 steps {ddim:0.000}"));
        }
    }

    private static double Seconds(MotionModel model, SamplerSpec sampler)
    {
        using var scope = NewDisposeScope();
        long start = Stopwatch.GetTimestamp();
        new MotionSampler(model, sampler).Sample(zeros(1, model.Settings.Dim), model.Settings.Length, [Work.Seed]);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
