namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Op Conv1d = new("aten::conv1d"), Conv2d = new("aten::conv2d"), Conv3d = new("aten::conv3d"),
                ConvTranspose1d = new("aten::conv_transpose1d"), ConvTranspose2d = new("aten::conv_transpose2d.input"),
                ConvTranspose3d = new("aten::conv_transpose3d.input");

            // Lists of one entry stand for all dimensions.
            private static readonly long[] One = [1], Zero = [0];

            /// <summary>A convolution: [N, C, L] with [out, C / groups, k].</summary>
            public static Tensor conv1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null,
                long? dilation = null, long groups = 1)
                => Op.Call(Conv1d, input, weight, bias, stride ?? 1, padding ?? 0, dilation ?? 1, groups);

            /// <summary>A convolution, padded by rule.</summary>
            public static Tensor conv1d_padding(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null,
                Padding padding = Padding.Valid, long? dilation = null, long groups = 1)
                => Op.Call("aten::conv1d.padding", input, weight, bias, stride ?? 1, Name(padding), dilation ?? 1, groups);

            /// <summary>A transposed convolution: [N, C, L] with [C, out / groups, k].</summary>
            public static Tensor conv_transpose1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null,
                long? padding = null, long? output_padding = null, long? dilation = null, long groups = 1)
                => Op.Call(ConvTranspose1d, input, weight, bias, stride ?? 1, padding ?? 0, output_padding ?? 0, groups, dilation ?? 1);

            /// <summary>A convolution: [N, C, H, W] with [out, C / groups, kh, kw].</summary>
            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, long groups = 1)
                => Op.Call(Conv2d, input, weight, bias, strides ?? One, padding ?? Zero, dilation ?? One, groups);

            /// <summary>A convolution, padded by rule.</summary>
            public static Tensor conv2d_padding(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null,
                Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1)
                => Op.Call("aten::conv2d.padding", input, weight, bias, strides ?? One, Name(padding), dilation ?? One, groups);

            /// <summary>A transposed convolution: [N, C, H, W] with [C, out / groups, kh, kw].</summary>
            public static Tensor conv_transpose2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null,
                long[]? padding = null, long[]? output_padding = null, long[]? dilation = null, long groups = 1)
                => Op.Call(ConvTranspose2d, input, weight, bias, strides ?? One, padding ?? Zero, output_padding ?? Zero, groups,
                    dilation ?? One);

            /// <summary>A convolution: [N, C, D, H, W] with [out, C / groups, kd, kh, kw].</summary>
            public static Tensor conv3d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, long groups = 1)
                => Op.Call(Conv3d, input, weight, bias, strides ?? One, padding ?? Zero, dilation ?? One, groups);

            /// <summary>A convolution, padded by rule.</summary>
            public static Tensor conv3d_padding(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null,
                Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1)
                => Op.Call("aten::conv3d.padding", input, weight, bias, strides ?? One, Name(padding), dilation ?? One, groups);

            /// <summary>A transposed convolution: [N, C, D, H, W] with [C, out / groups, kd, kh, kw].</summary>
            public static Tensor conv_transpose3d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null,
                long[]? padding = null, long[]? output_padding = null, long[]? dilation = null, long groups = 1)
                => Op.Call(ConvTranspose3d, input, weight, bias, strides ?? One, padding ?? Zero, output_padding ?? Zero, groups,
                    dilation ?? One);

            internal static string Name(Padding padding) => padding == Padding.Same ? "same" : "valid";
        }
    }
}
