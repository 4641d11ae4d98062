namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Times factor until total_iters epochs are over.</summary>
                public class ConstantLR : LRScheduler
                {
                    private readonly double factor;
                    private readonly int until;

                    /// <summary>Made by <see cref="lr_scheduler.ConstantLR"/>.</summary>
                    public ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1,
                        bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        this.factor = factor;
                        until = total_iters;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() => Scaled(Epoch == 0 ? factor : Epoch == until ? 1 / factor : 1);

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() => Bases.Select(b => b * (Epoch >= until ? 1 : factor));
                }
            }
        }
    }
}
