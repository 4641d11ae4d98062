namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>In training, sets elements to zero with probability p and scales the rest by 1 / (1 − p).</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
                => Op.Call(inplace ? "aten::dropout_" : "aten::dropout", input, p, training);

            /// <summary>Dropout of whole channels of [N, C, L].</summary>
            public static Tensor dropout1d(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
                => DropChannels(input, p, training, inplace, 2);

            /// <summary>Dropout of whole channels of [N, C, H, W].</summary>
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
                => Op.Call(inplace ? "aten::feature_dropout_" : "aten::feature_dropout", input, p, training);

            /// <summary>Dropout of whole channels of [N, C, D, H, W].</summary>
            public static Tensor dropout3d(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
                => Op.Call(inplace ? "aten::feature_dropout_" : "aten::feature_dropout", input, p, training);

            // A sample without a batch dimension gets one for the call.
            private static Tensor DropChannels(Tensor input, double p, bool training, bool inplace, int unbatched)
            {
                string op = inplace ? "aten::feature_dropout_" : "aten::feature_dropout";
                if (input.ndim != unbatched) return Op.Call(op, input, p, training);
                using var batch = Op.Call("aten::unsqueeze", input, 0);
                using var result = Op.Call(op, batch, p, training);
                return Op.Call("aten::squeeze.dim", result, 0);
            }
        }
    }
}
