using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// Base class of all neural-network modules: a tree of named parameters, buffers and submodules.
        /// </summary>
        /// <remarks>
        /// Submodules, parameters and buffers held in fields are found by <see cref="RegisterComponents"/>, in the
        /// order of declaration, and registered under the field's name; that name is the state-dict key.
        /// </remarks>
        public partial class Module : IDisposable
        {
            /// <summary>Direct submodules, in order of registration.</summary>
            protected OrderedDict<string, Module> _internal_submodules = new();
            /// <summary>Direct buffers, each with a flag: is it part of the state dict?</summary>
            protected OrderedDict<string, (Tensor, bool)> _internal_buffers = new();
            /// <summary>Direct parameters, in order of registration.</summary>
            protected OrderedDict<string, Parameter> _internal_params = new();
            /// <summary>Name given to the constructor; the class's name by custom.</summary>
            protected string? name;

            private bool _training = true;
            private bool _areComponentsRegistered;
            private bool _disposed;

            /// <summary>For classes derived from a module base.</summary>
            /// <param name="name">Shown by <see cref="GetName"/>.</param>
            protected Module(string name) => this.name = name;

            /// <summary>Is the module in training mode? <value>Default: true.</value></summary>
            public virtual bool training => _training;

            /// <summary>The module's name.</summary>
            public virtual string GetName() => string.IsNullOrEmpty(name) ? GetType().Name : name;

            /// <summary>Sets training mode here and in all submodules.</summary>
            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, child) in named_children()) child.train(train);
            }

            /// <summary>Sets evaluation mode here and in all submodules.</summary>
            public virtual void eval() => train(false);

            /// <summary>Calls <paramref name="fn"/> on every submodule, children first, then on this module.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in named_children()) child.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Clears the gradients of all parameters.</summary>
            /// <param name="set_to_none">Drop the gradient tensors (default) instead of filling them with zeros.</param>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var (_, p) in named_parameters())
                {
                    if (set_to_none)
                    {
                        p.grad = null;
                        continue;
                    }
                    using var grad = p.grad;
                    if (grad is null) continue;
                    using var fixedValues = no_grad();
                    grad.zero_();
                }
            }

            /// <summary>Frees all parameters, buffers and submodules.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees all parameters, buffers and submodules.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || _disposed) return;
                _disposed = true;
                foreach (var (_, p) in _internal_params) p.DetachFromDisposeScope().Dispose();
                foreach (var (_, (b, _)) in _internal_buffers) b.DetachFromDisposeScope().Dispose();
                foreach (var (_, m) in named_children()) m.Dispose();
            }
        }
    }
}
