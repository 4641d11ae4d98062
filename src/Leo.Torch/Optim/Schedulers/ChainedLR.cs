namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Several schedules, all at every step.</summary>
                public class ChainedLR : LRScheduler
                {
                    private readonly LRScheduler[] schedules;

                    /// <summary>Made by <see cref="lr_scheduler.ChainedLR"/>.</summary>
                    public ChainedLR(IEnumerable<LRScheduler> schedulers) => schedules = [.. schedulers];

                    /// <inheritdoc/>
                    public override void step()
                    {
                        foreach (var schedule in schedules) schedule.step();
                    }
                }
            }
        }
    }
}
