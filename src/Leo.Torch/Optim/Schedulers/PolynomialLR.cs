namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Falls to zero in total_iters epochs, as a power of what is left.</summary>
                public class PolynomialLR : LRScheduler
                {
                    private readonly double until, power;

                    /// <summary>Made by <see cref="lr_scheduler.PolynomialLR"/>.</summary>
                    public PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1.0, int last_epoch = -1,
                        bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        until = total_iters;
                        this.power = power;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                        => Scaled(Epoch == 0 || Epoch > until ? 1 : Math.Pow((1 - Epoch / until) / (1 - (Epoch - 1) / until), power));

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr()
                        => Bases.Select(b => b * Math.Pow(1 - Math.Min(until, Epoch) / until, power));
                }
            }
        }
    }
}
