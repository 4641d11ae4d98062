using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>X where positive, otherwise alpha · (exp(x / alpha) − 1).</summary>
        public static CELU CELU(double alpha = 1.0, bool inplace = false) => new(alpha, inplace);

        /// <summary>Min(max(x / 6 + 1/2, 0), 1).</summary>
        public static Hardsigmoid Hardsigmoid(bool inplace = false) => new(inplace);

        /// <summary>X · hardsigmoid(x).</summary>
        public static Hardswish Hardswish(bool inplace = false) => new(inplace);

        /// <summary>Log(sigmoid(x)).</summary>
        public static LogSigmoid LogSigmoid() => new();

        /// <summary>Softmax of −x.</summary>
        public static Softmin Softmin(long dim) => new(dim);

        /// <summary>Softmax over the channels of images.</summary>
        public static Softmax2d Softmax2d() => new();

        /// <summary>The first half times the sigmoid of the second half.</summary>
        public static GLU GLU(long dim = -1) => new(dim);

        /// <summary>X where |x| is above lambda, otherwise 0.</summary>
        public static Hardshrink Hardshrink(double lambda = 0.5) => new(lambda);

        /// <summary>X moved towards zero by lambda.</summary>
        public static Softshrink Softshrink(double lambda = 0.5) => new(lambda);

        /// <summary>X where above the threshold, otherwise the value.</summary>
        public static Threshold Threshold(double threshold, double value, bool inplace = false) => new(threshold, value, inplace);

        /// <summary>X / (1 + |x|).</summary>
        public static Softsign Softsign() => new(false);

        /// <summary>X / (1 + |x|).</summary>
        public static Softsign Softsign(bool inplace) => new(inplace);

        /// <summary>X − tanh(x).</summary>
        public static Tanhshrink Tanhshrink() => new(false);

        /// <summary>X − tanh(x).</summary>
        public static Tanhshrink Tanhshrink(bool inplace = false) => new(inplace);
    }
}
