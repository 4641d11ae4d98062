namespace TorchSharp;

public static partial class torch
{
    // Activation functions.
    public partial class Tensor
    {
        /// <summary>max(x, 0).</summary>
        public Tensor relu() => Op.Call(Ops.relu, this);

        /// <summary>In place: max(x, 0).</summary>
        public Tensor relu_() => InPlace(Ops.relu_, this);

        /// <summary>Held between 0 and 6.</summary>
        public Tensor relu6() => Op.Call(Ops.relu6, this);

        /// <summary>In place: held between 0 and 6.</summary>
        public Tensor relu6_() => InPlace(Ops.relu6_, this);

        /// <summary>The continuously differentiable exponential linear unit.</summary>
        public Tensor celu() => Op.Call(Ops.celu, this);

        /// <summary>The continuously differentiable exponential linear unit.</summary>
        public Tensor celu(Scalar alpha) => Op.Call(Ops.celu, this, alpha);

        /// <summary>In place: the continuously differentiable exponential linear unit.</summary>
        public Tensor celu_() => InPlace(Ops.celu_, this);

        /// <summary>In place: the continuously differentiable exponential linear unit.</summary>
        public Tensor celu_(Scalar alpha) => InPlace(Ops.celu_, this, alpha);

        /// <summary>The exponential linear unit.</summary>
        public Tensor elu(double alpha = 1) => Op.Call(Ops.elu, this, alpha);

        /// <summary>The exponential linear unit.</summary>
        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Op.Call(Ops.elu, this, alpha, scale, input_scale);

        /// <summary>In place: the exponential linear unit.</summary>
        public Tensor elu_(double alpha = 1) => InPlace(Ops.elu_, this, alpha);

        /// <summary>In place: the exponential linear unit.</summary>
        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale) => InPlace(Ops.elu_, this, alpha, scale, input_scale);

        /// <summary>The Gaussian error linear unit.</summary>
        public Tensor gelu() => Op.Call(Ops.gelu, this);

        /// <summary>In place: the Gaussian error linear unit.</summary>
        public Tensor gelu_() => InPlace(Ops.gelu_, this);

        /// <summary>The gated linear unit: one half times the sigmoid of the other.</summary>
        public Tensor glu(long dim = -1) => Op.Call(Ops.glu, this, dim);

        /// <summary>The sigmoid in straight lines.</summary>
        public Tensor hardsigmoid() => Op.Call(Ops.hardsigmoid, this);

        /// <summary>In place: the sigmoid in straight lines.</summary>
        public Tensor hardsigmoid_() => InPlace(Ops.hardsigmoid_, this);

        /// <summary>The swish in straight lines.</summary>
        public Tensor hardswish() => Op.Call(Ops.hardswish, this);

        /// <summary>In place: the swish in straight lines.</summary>
        public Tensor hardswish_() => InPlace(Ops.hardswish_, this);

        /// <summary>Held between two numbers.</summary>
        public Tensor hardtanh(Scalar min, Scalar max) => Op.Call(Ops.hardtanh, this, min, max);

        /// <summary>In place: held between two numbers.</summary>
        public Tensor hardtanh_(Scalar min, Scalar max) => InPlace(Ops.hardtanh_, this, min, max);

        /// <summary>x, or <paramref name="negative_slope"/> times x below 0.</summary>
        public Tensor leaky_relu(Scalar negative_slope) => Op.Call(Ops.leaky_relu, this, negative_slope);

        /// <summary>In place: x, or <paramref name="negative_slope"/> times x below 0.</summary>
        public Tensor leaky_relu_(Scalar negative_slope) => InPlace(Ops.leaky_relu_, this, negative_slope);

        /// <summary>The logarithm of the sigmoid.</summary>
        public Tensor log_sigmoid() => Op.Call(Ops.log_sigmoid, this);

        /// <summary>x, or the target times x below 0.</summary>
        public Tensor prelu(Tensor target) => Op.Call(Ops.prelu, this, target);

        /// <summary>The self-normalising exponential linear unit.</summary>
        public Tensor selu() => Op.Call(Ops.selu, this);

        /// <summary>In place: the self-normalising exponential linear unit.</summary>
        public Tensor selu_() => InPlace(Ops.selu_, this);

        /// <summary>x times its sigmoid.</summary>
        public Tensor silu() => Op.Call(Ops.silu, this);

        /// <summary>In place: x times its sigmoid.</summary>
        public Tensor silu_() => InPlace(Ops.silu_, this);

        /// <summary>log(1 + exp(βx)) / β, straight above the threshold.</summary>
        public Tensor softplus(double beta = 1, double threshold = 20) => Op.Call(Ops.softplus, this, beta, threshold);

        /// <summary>The normalised exponentials along one dimension.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) => Op.Call(Ops.softmax_int, this, dim, dtype);

        /// <summary>The logarithm of the normalised exponentials along one dimension.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Op.Call(Ops.log_softmax_int, this, dim, dtype);

        /// <summary>x, or the value where x is not above the threshold.</summary>
        public Tensor threshold(Scalar threshold, Scalar value) => Op.Call(Ops.threshold, this, threshold, value);

        /// <summary>In place: x, or the value where x is not above the threshold.</summary>
        public Tensor threshold_(Scalar threshold, Scalar value) => InPlace(Ops.threshold_, this, threshold, value);
    }
}
