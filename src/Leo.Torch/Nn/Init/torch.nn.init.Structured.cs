namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class init
        {
            /// <summary>Draws from a normal distribution cut off at a and b, by inverting its distribution function.</summary>
            public static Tensor trunc_normal_(Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0,
                Generator? generator = null)
            {
                double low = Below((a - mean) / std), high = Below((b - mean) / std);
                using var constant = no_grad();
                Op.Do("aten::uniform_", tensor, 2 * low - 1, 2 * high - 1, generator);
                Op.Do("aten::erfinv_", tensor);
                Op.Do("aten::mul_.Scalar", tensor, std * Math.Sqrt(2));
                Op.Do("aten::add_.Scalar", tensor, mean);
                Op.Do("aten::clamp_", tensor, a, b);
                return tensor;
            }

            /// <summary>Orthonormal rows or columns, times the gain (Saxe et al. 2014); [n, …] counts as [n, the rest].</summary>
            /// <exception cref="ArgumentException">Fewer than two dimensions.</exception>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0)
            {
                var shape = tensor.shape;
                if (shape.Length < 2) throw new ArgumentException("Orthogonality needs two dimensions.", nameof(tensor));
                using var scope = NewDisposeScope();
                using var constant = no_grad();
                long rows = shape[0], columns = tensor.numel() / rows;
                var random = Op.Call("aten::normal_", Op.Call("aten::new_empty", tensor, new[] { rows, columns }), 0.0, 1.0);
                if (rows < columns) random = Op.Call("aten::t", random);
                var (q, r) = Op.Call2(Op.Get("aten::linalg_qr"), random, "reduced");
                // A sign for each column makes the distribution uniform (Mezzadri 2007).
                q = Op.Call("aten::mul.Tensor", q, Op.Call("aten::sign", Op.Call("aten::diagonal", r)));
                if (rows < columns) q = Op.Call("aten::t", q);
                Op.Do("aten::copy_", Op.Call("aten::view_as", tensor, q), q);
                Op.Do("aten::mul_.Scalar", tensor, gain);
                return tensor;
            }

            /// <summary>The identity matrix.</summary>
            /// <exception cref="ArgumentException">Not a matrix.</exception>
            public static Tensor eye_(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length != 2) throw new ArgumentException("Only a matrix can be an identity.", nameof(tensor));
                using var scope = NewDisposeScope();
                using var constant = no_grad();
                Op.Do("aten::zero_", tensor);
                Op.Do("aten::fill_.Scalar", Op.Call("aten::diagonal", tensor), 1);
                return tensor;
            }

            /// <summary>A convolution that returns its input: 1 at the centre, from channel i to channel i.</summary>
            /// <exception cref="ArgumentException">Not a weight of a convolution.</exception>
            public static Tensor dirac_(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length is < 3 or > 5) throw new ArgumentException("Only the weight of a convolution can be this.", nameof(tensor));
                using var scope = NewDisposeScope();
                using var constant = no_grad();
                Op.Do("aten::zero_", tensor);
                var centre = tensor;
                for (int d = shape.Length - 1; d >= 2; d--) centre = Op.Call("aten::select.int", centre, d, shape[d] / 2);
                Op.Do("aten::fill_.Scalar", Op.Call("aten::diagonal", centre), 1);
                return tensor;
            }

            /// <summary>Normal, with a share of each column set to zero (Martens 2010).</summary>
            /// <exception cref="ArgumentException">Not a matrix.</exception>
            public static Tensor sparse_(Tensor tensor, double sparsity, double std = 0.01)
            {
                var shape = tensor.shape;
                if (shape.Length != 2) throw new ArgumentException("Only a matrix can be sparse.", nameof(tensor));
                using var scope = NewDisposeScope();
                using var constant = no_grad();
                normal_(tensor, 0, std);
                long zeros = (long)Math.Ceiling(sparsity * shape[0]);
                for (long c = 0; c < shape[1]; c++)
                {
                    var order = Op.Call("aten::randperm", shape[0]);
                    var rows = Op.Call("aten::slice.Tensor", order, 0, 0, zeros);
                    Op.Do("aten::index_fill_.int_Scalar", Op.Call("aten::select.int", tensor, 1, c), 0, rows, 0);
                }
                return tensor;
            }

            // The standard normal distribution function.
            private static double Below(double x)
            {
                using var scope = NewDisposeScope();
                return 0.5 * (1 + Op.Call("aten::erf", torch.tensor(x / Math.Sqrt(2))).item<double>());
            }
        }
    }
}
