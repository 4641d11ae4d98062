using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Work on whole lists of parameters.</summary>
        public static partial class utils
        {
            private static readonly Op Norms = new("aten::_foreach_norm.Scalar"), Scale = new("aten::_foreach_mul_.Scalar");

            /// <summary>Scales all gradients down together so that their common norm is at most <paramref name="max_norm"/>.</summary>
            /// <param name="tensors">The parameters; those without gradient are left out.</param>
            /// <param name="max_norm">The most.</param>
            /// <param name="norm_type">Which p-norm. <value>Default: 2.</value></param>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var scope = NewDisposeScope();
                using var constant = no_grad();
                var grads = Gradients(tensors);
                if (grads.Length == 0) return 0;
                var total = TotalNorm(grads, norm_type);
                // In the gradients' own precision, so that the factor is PyTorch's to the last bit.
                var factor = Op.Call("aten::mul.Scalar", Op.Call("aten::reciprocal", Op.Call("aten::add.Scalar", total, 1e-6)), max_norm);
                double scale = factor.to(ScalarType.Float64).item<double>();
                // NaN is not at least 1: it spreads to all gradients, as in PyTorch, and shows.
                if (!(scale >= 1)) Op.Do(Scale, grads, scale);
                return total.to(ScalarType.Float64).item<double>();
            }

            /// <summary>Holds every element of all gradients within ±<paramref name="clip_value"/>.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var scope = NewDisposeScope();
                using var constant = no_grad();
                foreach (var grad in Gradients(tensors)) Op.Do("aten::clamp_", grad, -clip_value, clip_value);
            }

            /// <summary>All parameters in one vector.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                Tensor[] flat = [.. tensors.Select(p => Op.Call("aten::reshape", p, new[] { -1L }))];
                return Op.Call("aten::cat", flat, 0).MoveToOuterDisposeScope();
            }

            /// <summary>Copies a vector's values into parameters, in order.</summary>
            /// <exception cref="ArgumentException">The sizes do not agree.</exception>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                using var constant = no_grad();
                var all = tensors.ToList();
                long needed = all.Sum(p => p.numel()), at = 0;
                if (vec.numel() != needed)
                    throw new ArgumentException($"The vector has {vec.numel()} elements, the parameters have {needed}.", nameof(vec));
                foreach (var p in all)
                {
                    long n = p.numel();
                    var part = Op.Call("aten::slice.Tensor", vec, 0, at, at + n);
                    Op.Do("aten::copy_", p, Op.Call("aten::view_as", part, p));
                    at += n;
                }
            }

            private static Tensor[] Gradients(IEnumerable<Parameter> tensors) => [.. tensors.Select(p => p.grad).OfType<Tensor>()];

            private static Tensor TotalNorm(Tensor[] grads, double type)
            {
                if (type == 0) return torch.tensor((double)grads.Length);
                if (double.IsInfinity(type))
                {
                    var largest = Array.ConvertAll(grads, g => Op.Call("aten::max", Op.Call("aten::abs", g)));
                    return Op.Call("aten::max", Op.Call("aten::stack", largest, 0));
                }
                var norms = Op.CallList(Norms, grads, type);
                return norms.Length == 1 ? norms[0] : Op.Call("aten::norm.Scalar", Op.Call("aten::stack", norms, 0), type);
            }
        }
    }
}
