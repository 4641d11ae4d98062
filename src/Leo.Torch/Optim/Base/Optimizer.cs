using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Optimisers and learning-rate schedules.</summary>
    public static partial class optim
    {
        /// <summary>Base class of all optimisers: groups of parameters, each with its own options.</summary>
        public abstract class Optimizer : IDisposable
        {
            /// <summary>The groups.</summary>
            protected IList<ParamGroup> _parameter_groups = [];

            private protected Optimizer() { }

            /// <summary>The groups, as a schedule sees them.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

            /// <summary>Sets all gradients to zero.</summary>
            public abstract void zero_grad();

            /// <summary>Adds a group of parameters.</summary>
            public abstract void add_param_group(ParamGroup param_group);

            /// <summary>Changes the parameters by one step.</summary>
            /// <param name="closure">Computes the loss and its gradients first, where given.</param>
            /// <returns>The closure's loss, or null.</returns>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            /// <summary>All parameters of all groups.</summary>
            public abstract IEnumerable<Parameter> parameters();

            /// <summary>Frees the optimiser's state; the parameters stay.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees the optimiser's state; the parameters stay.</summary>
            protected virtual void Dispose(bool disposing) { }

            /// <summary>An optimiser's options and state, not copied.</summary>
            public class StateDictionary
            {
                internal StateDictionary() { }

                /// <summary>Options of each group.</summary>
                public List<OptimizerOptions> Options { get; private set; } = [];

                /// <summary>State of each parameter, groups in order.</summary>
                public List<OptimizerState> State { get; private set; } = [];

                /// <summary>For each group, the places of its parameters in <see cref="State"/>.</summary>
                public List<List<int>> StateIndexRef { get; private set; } = [];
            }
        }
    }
}
