using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class jit
    {
        /// <summary>A program of TorchScript with its weights.</summary>
        public class ScriptModule : nn.Module
        {
            private nint handle;

            internal ScriptModule(nint handle) : base("") => this.handle = handle;

            /// <inheritdoc/>
            ~ScriptModule() => Free();

            /// <inheritdoc/>
            public override bool training => Native.lt_jit_training(Live) != 0;

            private nint Live => handle != 0 ? handle : throw new ObjectDisposedException(nameof(ScriptModule));

            /// <summary>How many values forward takes.</summary>
            public int GetNumberOfInputs()
            {
                int count;
                Native.Check(Native.lt_jit_inputs(Live, &count));
                GC.KeepAlive(this);
                return count;
            }

            /// <summary>Sets training mode. A traced module keeps the mode in which it was traced.</summary>
            public override void train(bool on = true)
            {
                Native.Check(Native.lt_jit_train(Live, on ? 1 : 0));
                GC.KeepAlive(this);
            }

            /// <summary>Sets evaluation mode. A traced module keeps the mode in which it was traced.</summary>
            public override void eval() => train(false);

            /// <summary>Runs the program.</summary>
            /// <param name="input">Tensors, whole and other numbers, truths; null for None.</param>
            /// <returns>A tensor, an array of tensors, a number or a truth.</returns>
            /// <exception cref="ArgumentException">A value of another type.</exception>
            /// <exception cref="ExternalException">The program failed, or returns something else.</exception>
            public object forward(params object?[] input)
            {
                ArgumentNullException.ThrowIfNull(input);
                Val* values = stackalloc Val[Math.Max(input.Length, 1)];
                for (int i = 0; i < input.Length; i++)
                {
                    values[i] = input[i] switch
                    {
                        null => new Val { Tag = Tag.None },
                        Tensor t => new Val { Tag = Tag.Tensor, P = t.Handle },
                        bool b => new Val { Tag = Tag.Bool, I = b ? 1 : 0 },
                        int n => new Val { Tag = Tag.Int, I = n },
                        long n => new Val { Tag = Tag.Int, I = n },
                        float x => new Val { Tag = Tag.Double, D = x },
                        double x => new Val { Tag = Tag.Double, D = x },
                        _ => throw new ArgumentException($"Unsupported argument type {input[i]!.GetType().Name} passed to a script.", nameof(input)),
                    };
                }
                Val result;
                Native.Check(Native.lt_jit_forward(Live, values, input.Length, &result));
                GC.KeepAlive(this);
                GC.KeepAlive(input);
                return result.Tag switch
                {
                    Tag.Tensor => new Tensor(result.P),
                    Tag.Tensors => Take(result),
                    Tag.Int => result.I,
                    Tag.Double => result.D,
                    Tag.Bool => result.I != 0,
                    _ => throw new ExternalException("the script returned nothing"),
                };
            }

            /// <inheritdoc cref="forward"/>
            public object call(params object?[] input) => forward(input);

            /// <inheritdoc/>
            protected override void Dispose(bool disposing)
            {
                Free();
                base.Dispose(disposing);
                if (disposing) GC.SuppressFinalize(this);
            }

            private static Tensor[] Take(Val list)
            {
                var tensors = new Tensor[list.Len];
                for (int i = 0; i < tensors.Length; i++) tensors[i] = new Tensor(((nint*)list.P)[i]);
                Native.lt_free(list.P);
                return tensors;
            }

            private void Free()
            {
                nint old = Interlocked.Exchange(ref handle, 0);
                if (old != 0) Native.lt_jit_delete(old);
            }
        }
    }
}
