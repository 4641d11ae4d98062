namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Times factor when a metric has not improved for more than patience epochs.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly bool down, relative;
                    private readonly double factor, threshold, eps;
                    private readonly int patience, cooldown;
                    private readonly double[] least;
                    private double best;
                    private int bad, resting;

                    /// <summary>Made by <see cref="lr_scheduler.ReduceLROnPlateau"/>.</summary>
                    /// <exception cref="ArgumentException">The factor is not below 1, or a mode is unknown.</exception>
                    public ReduceLROnPlateau(Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10,
                        double threshold = 1e-4,
                        string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8,
                        bool verbose = false)
                        : base(optimizer, -1, verbose)
                    {
                        if (factor >= 1) throw new ArgumentException($"The factor must be below 1, not {factor}.", nameof(factor));
                        if (mode is not ("min" or "max"))
                            throw new ArgumentException($"The mode must be min or max, not {mode}.", nameof(mode));
                        if (threshold_mode is not ("rel" or "abs"))
                            throw new ArgumentException($"The threshold mode must be rel or abs, not {threshold_mode}.",
                                nameof(threshold_mode));
                        down = mode == "min";
                        relative = threshold_mode == "rel";
                        (this.factor, this.threshold, this.eps) = (factor, threshold, eps);
                        (this.patience, this.cooldown) = (patience, cooldown);
                        least = min_lr is null or { Count: 0 } ? new double[Groups.Length]
                            : min_lr.Count == 1 ? [.. Groups.Select(_ => min_lr[0])] : [.. min_lr];
                        best = down ? double.PositiveInfinity : double.NegativeInfinity;
                    }

                    /// <summary>Goes on to the next epoch with its metric.</summary>
                    public override void step(double current, int? epoch = null)
                    {
                        Epoch = epoch ?? Epoch + 1;
                        if (Improves(current)) (best, bad) = (current, 0);
                        else bad++;
                        if (resting > 0) (resting, bad) = (resting - 1, 0);
                        if (bad > patience)
                        {
                            Reduce();
                            (resting, bad) = (cooldown, 0);
                        }
                        Last = [.. Groups.Select(g => g.LearningRate)];
                    }

                    /// <summary>Always refuses: this schedule needs a metric.</summary>
                    /// <exception cref="InvalidOperationException">Always.</exception>
                    public override void step()
                        => throw new InvalidOperationException("ReduceLROnPlateau needs the metric: step(double, int?).");

                    /// <summary>Always refuses: this schedule needs a metric.</summary>
                    /// <exception cref="InvalidOperationException">Always.</exception>
                    public override void step(int? epoch) => step();

                    private bool Improves(double a)
                    {
                        double margin = relative ? best * threshold : threshold;
                        // With best at ±∞ a relative margin is infinite too, and their difference no number.
                        if (double.IsInfinity(best)) return down ? a < best : a > best;
                        return down ? a < best - margin : a > best + margin;
                    }

                    private void Reduce()
                    {
                        for (int i = 0; i < Groups.Length; i++)
                        {
                            double old = Groups[i].LearningRate, rate = Math.Max(old * factor, least[i]);
                            if (old - rate <= eps) continue;
                            Groups[i].LearningRate = rate;
                            if (Verbose) Console.WriteLine($"Epoch {Epoch}: reducing learning rate of group {i} to {rate:g4}.");
                        }
                    }
                }
            }
        }
    }
}
