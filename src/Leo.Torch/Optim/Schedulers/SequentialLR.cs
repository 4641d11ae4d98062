namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>One schedule after another, changing at the milestones.</summary>
                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] schedules;
                    private readonly int[] milestones;

                    /// <summary>Made by <see cref="lr_scheduler.SequentialLR"/>.</summary>
                    /// <exception cref="ArgumentException">Schedules of different optimisers, or a wrong number of milestones.</exception>
                    public SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones,
                        int last_epoch = -1)
                        : base(optimizer, last_epoch + 1)
                    {
                        schedules = [.. schedulers];
                        this.milestones = [.. milestones];
                        if (schedules.Any(s => !s.Controls(optimizer)))
                            throw new ArgumentException("All schedules must be of the same optimiser.", nameof(schedulers));
                        if (this.milestones.Length != schedules.Length - 1)
                            throw new ArgumentException($"{schedules.Length} schedules need {schedules.Length - 1} milestones, not {this.milestones.Length}.",
                                nameof(milestones));
                        // Each schedule has set its first rate when made: undo all, then let only the first one do so again.
                        foreach (var group in Groups) group.LearningRate = group.InitialLearningRate;
                        foreach (var schedule in schedules) schedule.StepBack();
                        schedules[0].step();
                        Last = [.. schedules[0].get_last_lr()];
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        int i = milestones.Length;
                        while (i > 0 && milestones[i - 1] > Epoch) i--;
                        if (i > 0 && milestones[i - 1] == Epoch) schedules[i].step(0);
                        else schedules[i].step();
                        return Scaled(1);
                    }
                }
            }
        }
    }
}
