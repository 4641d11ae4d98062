namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>The operations of neural networks as functions.</summary>
        public static partial class functional
        {
            /// <summary>Max(x, 0).</summary>
            public static Tensor relu(Tensor x, bool inplace = false)
                => Op.Call(inplace ? "aten::relu_" : "aten::relu", x);

            /// <summary>Min(max(x, 0), 6).</summary>
            public static Tensor relu6(Tensor x, bool inplace = false)
                => Op.Call(inplace ? "aten::relu6_" : "aten::relu6", x);

            /// <summary>X where positive, otherwise negative_slope · x.</summary>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false)
                => Op.Call(inplace ? "aten::leaky_relu_" : "aten::leaky_relu", input, negative_slope);

            /// <summary>X where positive, otherwise alpha · (exp(x) − 1).</summary>
            public static Tensor elu(Tensor x, double alpha, bool inplace = false)
                => Op.Call(inplace ? "aten::elu_" : "aten::elu", x, alpha);

            /// <summary>X where positive, otherwise alpha · (exp(x / alpha) − 1).</summary>
            public static Tensor celu(Tensor x, double alpha, bool inplace = false)
                => Op.Call(inplace ? "aten::celu_" : "aten::celu", x, alpha);

            /// <summary>The self-normalising exponential linear unit.</summary>
            public static Tensor selu(Tensor x, bool inplace = false)
                => Op.Call(inplace ? "aten::selu_" : "aten::selu", x);

            /// <summary>X · sigmoid(x).</summary>
            public static Tensor silu(Tensor x, bool inplace = false)
                => Op.Call(inplace ? "aten::silu_" : "aten::silu", x);

            /// <summary>X · Φ(x), with the exact normal distribution function.</summary>
            public static Tensor gelu(Tensor x, bool inplace)
                => Op.Call(inplace ? "aten::gelu_" : "aten::gelu", x);

            /// <summary>X · tanh(softplus(x)).</summary>
            public static Tensor mish(Tensor x, bool inplace = false)
                => Op.Call(inplace ? "aten::mish_" : "aten::mish", x);

            /// <summary>1 / (1 + exp(−x)).</summary>
            public static Tensor sigmoid(Tensor x, bool inplace)
                => Op.Call(inplace ? "aten::sigmoid_" : "aten::sigmoid", x);

            /// <summary>The hyperbolic tangent.</summary>
            public static Tensor tanh(Tensor x, bool inplace = false)
                => Op.Call(inplace ? "aten::tanh_" : "aten::tanh", x);

            /// <summary>X held between min_val and max_val.</summary>
            public static Tensor hardtanh(Tensor x, double min_val = -1, double max_val = 1, bool inplace = false)
                => Op.Call(inplace ? "aten::hardtanh_" : "aten::hardtanh", x, min_val, max_val);

            /// <summary>Min(max(x / 6 + 1/2, 0), 1).</summary>
            public static Tensor hardsigmoid(Tensor input, bool inplace = false)
                => Op.Call(inplace ? "aten::hardsigmoid_" : "aten::hardsigmoid", input);

            /// <summary>X · hardsigmoid(x).</summary>
            public static Tensor hardswish(Tensor input, bool inplace = false)
                => Op.Call(inplace ? "aten::hardswish_" : "aten::hardswish", input);

            /// <summary>X where above the threshold, otherwise the value.</summary>
            public static Tensor threshold(Tensor x, double threshold, double value, bool inplace = false)
                => Op.Call(inplace ? "aten::threshold_" : "aten::threshold", x, threshold, value);

            /// <summary>X · Φ(x), with the exact normal distribution function.</summary>
            public static Tensor gelu(Tensor x) => Op.Call("aten::gelu", x);

            /// <summary>1 / (1 + exp(−x)).</summary>
            public static Tensor sigmoid(Tensor x) => Op.Call("aten::sigmoid", x);

            /// <summary>Log(sigmoid(x)).</summary>
            public static Tensor logsigmoid(Tensor x) => Op.Call("aten::log_sigmoid", x);

            /// <summary>Log(1 + exp(beta · x)) / beta, linear where beta · x is above the threshold.</summary>
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20)
                => Op.Call("aten::softplus", x, beta, threshold);

            /// <summary>Exp(x) scaled to sum to one along a dimension.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null)
                => Op.Call("aten::softmax.int", input, dim, dtype);

            /// <summary>Softmax over the channels of images.</summary>
            public static Tensor softmax2d(Tensor x) => softmax(x, -3);

            /// <summary>Softmax of −x.</summary>
            public static Tensor softmin(Tensor x, long dim) => softmax(Op.Call("aten::neg", x), dim);

            /// <summary>The logarithm of softmax.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => Op.Call("aten::log_softmax.int", x, dim, Arg.None);

            /// <summary>The first half times the sigmoid of the second half.</summary>
            public static Tensor glu(Tensor input, long dim = -1) => Op.Call("aten::glu", input, dim);

            /// <summary>X where positive, otherwise weight · x, one weight a channel.</summary>
            public static Tensor prelu(Tensor input, Tensor weight) => Op.Call("aten::prelu", input, weight);

            /// <summary>X where |x| is above lambda, otherwise 0.</summary>
            public static Tensor hardshrink(Tensor x, double lambda = 0.5) => Op.Call("aten::hardshrink", x, lambda);

            /// <summary>X moved towards zero by lambda.</summary>
            public static Tensor softshrink(Tensor x, double lambda = 0.5) => Op.Call("aten::softshrink", x, lambda);

            /// <summary>x / (1 + |x|)</summary>
            public static Tensor softsign(Tensor x, bool inplace = false)
            {
                using var scope = NewDisposeScope();
                var denominator = Op.Call("aten::add.Scalar", Op.Call("aten::abs", x), 1);
                return Op.Call(inplace ? "aten::div_.Tensor" : "aten::div.Tensor", x, denominator).MoveToOuterDisposeScope();
            }

            /// <summary>x − tanh(x)</summary>
            public static Tensor tanhshrink(Tensor x, bool inplace = false)
            {
                using var tanh = Op.Call("aten::tanh", x);
                return Op.Call(inplace ? "aten::sub_.Tensor" : "aten::sub.Tensor", x, tanh);
            }
        }
    }
}
