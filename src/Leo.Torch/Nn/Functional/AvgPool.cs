namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Means of windows of [N, C, L].</summary>
            /// <param name="input">The tensor.</param>
            /// <param name="kernel_size">Size of the window.</param>
            /// <param name="stride">Step between windows; by default the window's size.</param>
            /// <param name="padding">Zeros at each side.</param>
            /// <param name="ceil_mode">Count windows that reach over the end?</param>
            /// <param name="count_include_pad">Count the padding's zeros in the mean?</param>
            public static Tensor avg_pool1d(Tensor input, long kernel_size, long? stride = null, long? padding = null,
                bool ceil_mode = false,
                bool count_include_pad = true)
                => Op.Call("aten::avg_pool1d", input, kernel_size, stride ?? kernel_size, padding ?? 0, ceil_mode, count_include_pad);

            /// <summary>Means of windows of [N, C, H, W].</summary>
            /// <param name="input">The tensor.</param>
            /// <param name="kernel_size">Size of the window.</param>
            /// <param name="stride">Step between windows; by default the window's size.</param>
            /// <param name="padding">Zeros at each side.</param>
            /// <param name="ceil_mode">Count windows that reach over the end?</param>
            /// <param name="count_include_pad">Count the padding's zeros in the mean?</param>
            /// <param name="divisor_override">Divide by this instead of the window's size.</param>
            public static Tensor avg_pool2d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null,
                bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null)
                => Op.Call("aten::avg_pool2d", input, kernel_size, stride ?? kernel_size, padding ?? Zero, ceil_mode, count_include_pad,
                    divisor_override);

            /// <inheritdoc cref="avg_pool2d(Tensor, long[], long[], long[], bool, bool, long?)"/>
            public static Tensor avg_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null)
                => avg_pool2d(input, [kernel_size, kernel_size], [stride ?? kernel_size, stride ?? kernel_size], [padding, padding],
                    ceil_mode,
                    count_include_pad, divisor_override);

            /// <inheritdoc cref="avg_pool2d(Tensor, long[], long[], long[], bool, bool, long?)"/>
            public static Tensor avg_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null,
                (long, long)? padding = null,
                bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null)
                => avg_pool2d(input, List(kernel_size), List(stride ?? kernel_size), List(padding ?? (0, 0)), ceil_mode, count_include_pad,
                    divisor_override);

            /// <summary>Means of windows of [N, C, D, H, W].</summary>
            /// <param name="input">The tensor.</param>
            /// <param name="kernel_size">Size of the window.</param>
            /// <param name="stride">Step between windows; by default the window's size.</param>
            /// <param name="padding">Zeros at each side.</param>
            /// <param name="ceil_mode">Count windows that reach over the end?</param>
            /// <param name="count_include_pad">Count the padding's zeros in the mean?</param>
            /// <param name="divisor_override">Divide by this instead of the window's size.</param>
            public static Tensor avg_pool3d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null,
                bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null)
                => Op.Call("aten::avg_pool3d", input, kernel_size, stride ?? kernel_size, padding ?? Zero, ceil_mode, count_include_pad,
                    divisor_override);

            /// <summary>Means that make [N, C, L] of the given length.</summary>
            public static Tensor adaptive_avg_pool1d(Tensor input, long output_size)
                => Op.Call("aten::adaptive_avg_pool1d", input, output_size);

            /// <summary>Means that make [N, C, H, W] of the given size.</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size)
                => Op.Call("aten::adaptive_avg_pool2d", input, output_size);

            /// <inheritdoc cref="adaptive_avg_pool2d(Tensor, long[])"/>
            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size)
                => adaptive_avg_pool2d(input, List(output_size));

            /// <inheritdoc cref="adaptive_avg_pool2d(Tensor, long[])"/>
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size)
                => adaptive_avg_pool2d(input, [output_size, output_size]);

            /// <summary>Means that make [N, C, D, H, W] of the given size.</summary>
            public static Tensor adaptive_avg_pool3d(Tensor input, long[] output_size)
                => Op.Call("aten::adaptive_avg_pool3d", input, output_size);

            /// <inheritdoc cref="adaptive_avg_pool3d(Tensor, long[])"/>
            public static Tensor adaptive_avg_pool3d(Tensor input, (long, long, long) output_size)
                => adaptive_avg_pool3d(input, List(output_size));

            /// <inheritdoc cref="adaptive_avg_pool3d(Tensor, long[])"/>
            public static Tensor adaptive_avg_pool3d(Tensor input, long output_size)
                => adaptive_avg_pool3d(input, [output_size, output_size, output_size]);
        }
    }
}
