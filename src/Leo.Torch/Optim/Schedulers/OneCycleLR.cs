namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Up to max_lr and down to almost nothing in one cycle, momentum the other way (Smith &amp; Topin 2018).</summary>
                public class OneCycleLR : LRScheduler
                {
                    private readonly record struct Phase(double End, string From, string To, bool MomentumFalls, bool MomentumStays);

                    private readonly bool cycles, cosine;
                    private readonly int total;
                    private readonly Phase[] phases;
                    private readonly Dictionary<string, double[]> rates;
                    private readonly double[] low, high;

                    /// <summary>Made by <c>lr_scheduler.OneCycleLR</c>.</summary>
                    public OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                        double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4,
                        bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Each(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy,
                            cycle_momentum,
                            Each(optimizer, base_momentum), Each(optimizer, max_momentum), div_factor, final_div_factor, three_phase,
                            last_epoch, verbose)
                    {
                    }

                    /// <summary>With values for each group.</summary>
                    /// <exception cref="ArgumentException">No length of the cycle, or no momentum to cycle.</exception>
                    public OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1,
                        int steps_per_epoch = -1,
                        double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25,
                        double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (cycle_momentum && optimizer is not (IMomentum or IBetas))
                            throw new ArgumentException("The optimiser has no momentum to cycle.", nameof(cycle_momentum));
                        if (pct_start is not (>= 0 and <= 1))
                            throw new ArgumentException($"pct_start must be from 0 to 1, not {pct_start}.", nameof(pct_start));
                        total = total_steps != -1 ? total_steps : epochs > 0 && steps_per_epoch > 0 ? epochs * steps_per_epoch : 0;
                        if (total <= 0)
                            throw new ArgumentException("Give total_steps, or epochs and steps_per_epoch; all positive.", nameof(total_steps));
                        cycles = cycle_momentum;
                        cosine = anneal_strategy == AnnealStrategy.Cos;
                        double[] top = [.. max_lr], first = [.. top.Select(r => r / div_factor)];
                        rates = new() { ["first"] = first, ["top"] = top, ["last"] = [.. first.Select(r => r / final_div_factor)] };
                        double peak = pct_start * total - 1;
                        phases = three_phase
                            ?
                            [
                                new(peak, "first", "top", true, false),
                                new(2 * pct_start * total - 2, "top", "first", false, false),
                                new(total - 1, "first", "last", false, true)
                            ]
                            : [new(peak, "first", "top", true, false), new(total - 1, "top", "last", false, false)];
                        low = [.. base_momentum ?? Groups.Select(_ => 0.85)];
                        high = [.. max_momentum ?? Groups.Select(_ => 0.95)];
                        step();
                    }

                    /// <summary>The curve between two rates.</summary>
                    public enum AnnealStrategy
                    {
                        /// <summary>Half a cosine.</summary>
                        Cos,
                        /// <summary>A line.</summary>
                        Linear
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (Epoch > total) throw new InvalidOperationException($"Step {Epoch + 1} of a cycle of {total} steps.");
                        return Groups.Select((group, i) =>
                        {
                            double start = 0;
                            foreach (var phase in phases)
                            {
                                if (Epoch > phase.End && phase != phases[^1])
                                {
                                    start = phase.End;
                                    continue;
                                }
                                double share = (Epoch - start) / (phase.End - start);
                                if (cycles) SetMomentum(group, MomentumAt(phase, i, share));
                                return Between(rates[phase.From][i], rates[phase.To][i], share);
                            }
                            return group.LearningRate;
                        });
                    }

                    private double MomentumAt(Phase phase, int i, double share) => phase.MomentumStays ? high[i]
                        : phase.MomentumFalls ? Between(high[i], low[i], share) : Between(low[i], high[i], share);

                    private double Between(double from, double to, double share)
                        => cosine ? to + (from - to) / 2 * (Math.Cos(Math.PI * share) + 1) : (to - from) * share + from;

                    private static void SetMomentum(ILearningRateController group, double value)
                    {
                        if (group is IBetas adam) adam.Betas = (value, adam.Betas.Item2);
                        else if (group is IMomentum sgd) sgd.Momentum = value;
                    }

                    private static double[] Each(Optimizer optimizer, double value) => [.. optimizer.ParamGroups.Select(_ => value)];
                }
            }
        }
    }
}
