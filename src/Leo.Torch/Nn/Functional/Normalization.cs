namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Op GroupNormOp = new("aten::group_norm"), LayerNormOp = new("aten::layer_norm");

            /// <summary>x / max(‖x‖ₚ, eps) along a dimension.</summary>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                using var norm = Op.Call("aten::norm.ScalarOpt_dim", input, p, new[] { dim }, true);
                using var denominator = Op.Call("aten::clamp_min", norm, eps);
                return Op.Call("aten::div.Tensor", input, denominator);
            }

            /// <summary>Batch normalisation.</summary>
            /// <param name="input">[N, C, …].</param>
            /// <param name="running_mean">[C]; updated when training, used otherwise.</param>
            /// <param name="running_var">[C]; updated when training, used otherwise.</param>
            /// <param name="weight">Scale of each channel.</param>
            /// <param name="bias">Shift of each channel.</param>
            /// <param name="training">Use this batch's statistics?</param>
            /// <param name="momentum">Weight of this batch in the running statistics.</param>
            /// <param name="eps">Added to the variance.</param>
            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null,
                Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5)
                => Op.Call("aten::batch_norm", input, weight, bias, running_mean, running_var, training, momentum, eps, false);

            /// <summary>Normalises each group of channels of each sample.</summary>
            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
                => Op.Call(GroupNormOp, input, num_groups, weight, bias, eps, false);

            /// <summary>Normalises each channel of each sample.</summary>
            public static Tensor instance_norm(Tensor input, Tensor? running_mean = null, Tensor? running_var = null,
                Tensor? weight = null, Tensor? bias = null, bool use_input_stats = true, double momentum = 0.1, double eps = 1e-5)
                => Op.Call("aten::instance_norm", input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, false);

            /// <summary>Normalises the last dimensions.</summary>
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null,
                double eps = 1e-5)
                => Op.Call(LayerNormOp, input, normalized_shape, weight, bias, eps, false);
        }
    }
}
