namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Maxima of windows of [N, C, L].</summary>
            /// <param name="input">The tensor.</param>
            /// <param name="kernel_size">Size of the window.</param>
            /// <param name="stride">Step between windows; by default the window's size.</param>
            /// <param name="padding">−∞ at each side.</param>
            /// <param name="dilation">Step between the window's taps.</param>
            /// <param name="ceil_mode">Count windows that reach over the end?</param>
            public static Tensor max_pool1d(Tensor input, long kernel_size, long? stride = null, long? padding = null,
                long? dilation = null,
                bool ceil_mode = false)
                => Op.Call("aten::max_pool1d", input, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode);

            /// <summary>Maxima of windows, and where they were.</summary>
            public static (Tensor output, Tensor indices) max_pool1d_with_indices(Tensor input, long kernel_size, long? stride = null,
                long? padding = null, long? dilation = null, bool ceil_mode = false)
                => Op.Call2(Op.Get("aten::max_pool1d_with_indices"), input, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1,
                    ceil_mode);

            /// <summary>Maxima that make [N, C, L] of the given size.</summary>
            public static Tensor adaptive_max_pool1d(Tensor input, long output_size)
            {
                var (values, indices) = adaptive_max_pool1d_with_indices(input, output_size);
                indices.Dispose();
                return values;
            }

            /// <summary>Maxima that make [N, C, L] of the given size, and where they were.</summary>
            public static (Tensor Values, Tensor Indices) adaptive_max_pool1d_with_indices(Tensor input, long output_size)
                => Op.Call2(Op.Get("aten::adaptive_max_pool1d"), input, output_size);

            /// <summary>Maxima of windows of [N, C, H, W].</summary>
            /// <param name="input">The tensor.</param>
            /// <param name="kernel_size">Size of the window.</param>
            /// <param name="strides">Steps between windows; by default the window's size.</param>
            /// <param name="padding">−∞ at each side.</param>
            /// <param name="dilation">Steps between the window's taps.</param>
            /// <param name="ceil_mode">Count windows that reach over the end?</param>
            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, bool ceil_mode = false)
                => Op.Call("aten::max_pool2d", input, kernel_size, strides ?? kernel_size, padding ?? Zero, dilation ?? One, ceil_mode);

            /// <inheritdoc cref="max_pool2d(Tensor, long[], long[], long[], long[], bool)"/>
            public static Tensor max_pool2d(Tensor input, long kernel_size, long? stride = null, long? padding = null,
                long? dilation = null,
                bool ceil_mode = false)
                => Op.Call("aten::max_pool2d", input, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode);

            /// <inheritdoc cref="max_pool2d(Tensor, long[], long[], long[], long[], bool)"/>
            public static Tensor max_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null,
                (long, long)? padding = null,
                (long, long)? dilation = null, bool ceil_mode = false)
                => max_pool2d(input, List(kernel_size), List(stride ?? kernel_size), List(padding ?? (0, 0)), List(dilation ?? (1, 1)),
                    ceil_mode);

            /// <summary>Maxima of windows, and where they were.</summary>
            public static (Tensor output, Tensor indices) max_pool2d_with_indices(Tensor input, long[] kernel_size, long[]? strides = null,
                long[]? padding = null, long[]? dilation = null, bool ceil_mode = false)
                => Op.Call2(Op.Get("aten::max_pool2d_with_indices"), input, kernel_size, strides ?? kernel_size, padding ?? Zero,
                    dilation ?? One, ceil_mode);

            /// <summary>Maxima that make [N, C, H, W] of the given size.</summary>
            public static Tensor adaptive_max_pool2d(Tensor input, long[] output_size)
            {
                var (values, indices) = adaptive_max_pool2d_with_indices(input, output_size);
                indices.Dispose();
                return values;
            }

            /// <summary>Maxima that make [N, C, H, W] of the given size, and where they were.</summary>
            public static (Tensor Values, Tensor Indices) adaptive_max_pool2d_with_indices(Tensor input, long[] output_size)
                => Op.Call2(Op.Get("aten::adaptive_max_pool2d"), input, output_size);

            /// <summary>Maxima of windows of [N, C, D, H, W].</summary>
            /// <param name="input">The tensor.</param>
            /// <param name="kernel_size">Size of the window.</param>
            /// <param name="strides">Steps between windows; by default the window's size.</param>
            /// <param name="padding">−∞ at each side.</param>
            /// <param name="dilation">Steps between the window's taps.</param>
            /// <param name="ceil_mode">Count windows that reach over the end?</param>
            public static Tensor max_pool3d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, bool ceil_mode = false)
                => Op.Call("aten::max_pool3d", input, kernel_size, strides ?? kernel_size, padding ?? Zero, dilation ?? One, ceil_mode);

            /// <summary>Maxima of windows, and where they were.</summary>
            public static (Tensor output, Tensor indices) max_pool3d_with_indices(Tensor input, long[] kernel_size, long[]? strides = null,
                long[]? padding = null, long[]? dilation = null, bool ceil_mode = false)
                => Op.Call2(Op.Get("aten::max_pool3d_with_indices"), input, kernel_size, strides ?? kernel_size, padding ?? Zero,
                    dilation ?? One, ceil_mode);

            /// <summary>Maxima that make [N, C, D, H, W] of the given size.</summary>
            public static Tensor adaptive_max_pool3d(Tensor input, long[] output_size)
            {
                var (values, indices) = adaptive_max_pool3d_with_indices(input, output_size);
                indices.Dispose();
                return values;
            }

            /// <summary>Maxima that make [N, C, D, H, W] of the given size, and where they were.</summary>
            public static (Tensor Values, Tensor Indices) adaptive_max_pool3d_with_indices(Tensor input, long[] output_size)
                => Op.Call2(Op.Get("aten::adaptive_max_pool3d"), input, output_size);
        }
    }
}
