namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Up and down between two rates again and again (Smith 2017).</summary>
                public class CyclicLR : LRScheduler
                {
                    private readonly double period, risingShare;
                    private readonly double[] top, low, high;
                    private readonly Func<double, double> scale;
                    private readonly bool byCycle, cycles;

                    /// <summary>Made by <c>lr_scheduler.CyclicLR</c>.</summary>
                    public CyclicLR(Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000, int step_size_down = -1,
                        Mode mode = Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null,
                        ScaleMode scale_mode = ScaleMode.Cycle,
                        bool cycle_momentum = true, double base_momentum = 0.8, double max_momentum = 0.9, int last_epoch = -1,
                        bool verbose = false)
                        : this(optimizer, Each(optimizer, base_lr), Each(optimizer, max_lr), step_size_up, step_size_down, mode, gamma,
                            scale_fn, scale_mode,
                            cycle_momentum, Each(optimizer, base_momentum), Each(optimizer, max_momentum), last_epoch, verbose)
                    {
                    }

                    /// <summary>With values for each group.</summary>
                    /// <exception cref="ArgumentException">The optimiser has no momentum to cycle.</exception>
                    public CyclicLR(Optimizer optimizer, IEnumerable<double> base_lr, IEnumerable<double> max_lr, int step_size_up = 2000,
                        int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null,
                        ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null,
                        IEnumerable<double>? max_momentum = null, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (cycle_momentum && optimizer is not IMomentum)
                            throw new ArgumentException("The optimiser has no momentum to cycle.", nameof(cycle_momentum));
                        period = step_size_up + (step_size_down == -1 ? step_size_up : step_size_down);
                        risingShare = step_size_up / period;
                        Bases = [.. base_lr];
                        top = [.. max_lr];
                        low = [.. base_momentum ?? Groups.Select(_ => 0.8)];
                        high = [.. max_momentum ?? Groups.Select(_ => 0.9)];
                        cycles = cycle_momentum;
                        byCycle = scale_fn is null ? mode != Mode.ExpRange : scale_mode == ScaleMode.Cycle;
                        scale = scale_fn ?? (mode switch
                        {
                            Mode.Triangular2 => x => 1 / Math.Pow(2, x - 1),
                            Mode.ExpRange => x => Math.Pow(gamma, x),
                            _ => _ => 1.0
                        });
                        step();
                    }

                    /// <summary>How the height changes from cycle to cycle.</summary>
                    public enum Mode
                    {
                        /// <summary>Not at all.</summary>
                        Triangular,
                        /// <summary>It is halved.</summary>
                        Triangular2,
                        /// <summary>It falls by gamma with each step.</summary>
                        ExpRange
                    }

                    /// <summary>What the scaling function is given.</summary>
                    public enum ScaleMode
                    {
                        /// <summary>The number of the cycle.</summary>
                        Cycle,
                        /// <summary>The number of the step.</summary>
                        Iterations
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        double cycle = Math.Floor(1 + Epoch / period), x = 1 + Epoch / period - cycle;
                        double height = x <= risingShare ? x / risingShare : (x - 1) / (risingShare - 1);
                        double factor = height * scale(byCycle ? cycle : Epoch);
                        return Groups.Select((group, i) =>
                        {
                            if (cycles && group is IMomentum m) m.Momentum = high[i] - (high[i] - low[i]) * factor;
                            return Bases[i] + (top[i] - Bases[i]) * factor;
                        });
                    }

                    private static double[] Each(Optimizer optimizer, double value) => [.. optimizer.ParamGroups.Select(_ => value)];
                }
            }
        }
    }
}
