namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Falls to eta_min along half a cosine in T_max epochs, and rises again (Loshchilov &amp; Hutter 2017).</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double span, least;

                    /// <summary>Made by <see cref="lr_scheduler.CosineAnnealingLR"/>.</summary>
                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1,
                        bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        span = T_max;
                        least = eta_min;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (Epoch == 0) return Scaled(1);
                        // At the lowest point the ratio below is 0 / 0.
                        if ((Epoch - 1 - span) % (2 * span) == 0)
                            return Groups.Zip(Bases, (g, b) => g.LearningRate + (b - least) * (1 - Math.Cos(Math.PI / span)) / 2);
                        double ratio = (1 + Math.Cos(Math.PI * Epoch / span)) / (1 + Math.Cos(Math.PI * (Epoch - 1) / span));
                        return Groups.Select(g => ratio * (g.LearningRate - least) + least);
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr()
                        => Bases.Select(b => least + (b - least) * (1 + Math.Cos(Math.PI * Epoch / span)) / 2);
                }
            }
        }
    }
}
