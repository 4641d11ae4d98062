namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Schedules of the learning rate.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Base class of all schedules. Each sets the rate of epoch 0 when made, and the next epoch's with every <see cref="step()"/>.
            /// </summary>
            public abstract class LRScheduler
            {
                /// <summary>Steps taken.</summary>
                protected int _step_count;

                private protected readonly Optimizer Controlled;
                private protected readonly ILearningRateController[] Groups;
                private protected IList<double> Bases;
                private protected IList<double> Last;
                private protected int Epoch;
                private protected readonly bool Verbose;

                /// <summary>Of nothing yet.</summary>
                protected LRScheduler()
                {
                    Controlled = null!;
                    Groups = [];
                    Bases = [];
                    Last = [];
                    Epoch = -1;
                }

                /// <summary>For derived classes.</summary>
                /// <param name="optimizer">Whose rates are changed.</param>
                /// <param name="last_epoch">The epoch before the first step. <value>Default: −1.</value></param>
                /// <param name="verbose">Print every change?</param>
                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    Controlled = optimizer;
                    Groups = [.. optimizer.ParamGroups];
                    Bases = [.. Groups.Select(g => g.InitialLearningRate)];
                    Last = [.. Groups.Select(g => g.LearningRate)];
                    Epoch = last_epoch;
                    Verbose = verbose;
                }

                /// <summary>Goes on to the next epoch.</summary>
                public virtual void step() => step(null);

                /// <summary>Goes to that epoch, or on to the next.</summary>
                public virtual void step(int? epoch)
                {
                    _step_count++;
                    Epoch = epoch ?? Epoch + 1;
                    double[] rates = [.. epoch is null ? get_lr() : get_closed_form_lr()];
                    for (int i = 0; i < Bases.Count; i++)
                    {
                        Groups[i].LearningRate = rates[i];
                        if (Verbose && Last[i] != rates[i]) Console.WriteLine($"Adjusting learning rate to {rates[i]}");
                        Last[i] = rates[i];
                    }
                }

                /// <summary>The same, with a metric that most schedules ignore.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                /// <summary>The rates set last.</summary>
                public IEnumerable<double> get_last_lr() => Last;

                /// <summary>The next rates, from the present ones.</summary>
                protected virtual IEnumerable<double> get_lr() => Groups.Select(g => g.LearningRate);

                /// <summary>The rates of any epoch, from the first ones.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                private protected IEnumerable<double> Scaled(double factor) => Groups.Select(g => g.LearningRate * factor);

                /// <summary>For schedules that run others.</summary>
                internal bool Controls(Optimizer optimizer) => ReferenceEquals(Controlled, optimizer);

                /// <summary>Takes back the step that a schedule makes when it is made.</summary>
                internal void StepBack() => Epoch--;
            }
        }
    }
}
