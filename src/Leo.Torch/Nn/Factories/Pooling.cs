using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Maxima of windows of [N, C, L].</summary>
        public static MaxPool1d MaxPool1d(long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
            bool ceil_mode = false)
            => new(kernel_size, stride, padding, dilation, ceil_mode);

        /// <summary>Means of windows of [N, C, L].</summary>
        public static AvgPool1d AvgPool1d(long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false,
            bool count_include_pad = true)
            => new(kernel_size, stride, padding, ceil_mode, count_include_pad);

        /// <summary>Means that make [N, C, L] of the given length.</summary>
        public static AdaptiveAvgPool1d AdaptiveAvgPool1d(long output_size) => new(output_size);

        /// <summary>Maxima that make [N, C, L] of the given length.</summary>
        public static AdaptiveMaxPool1d AdaptiveMaxPool1d(long output_size) => new(output_size);

        /// <summary>Maxima of windows of [N, C, H, W].</summary>
        public static MaxPool2d MaxPool2d(long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
            bool ceil_mode = false)
            => new(Rep(kernel_size, 2), Rep(stride, 2), Rep(padding, 2), Rep(dilation, 2), ceil_mode);

        /// <summary>Maxima of windows of [N, C, H, W].</summary>
        public static MaxPool2d MaxPool2d((long, long) kernel_size, (long, long)? stride = null,
            (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false)
            => new(List(kernel_size), List(stride), List(padding), List(dilation), ceil_mode);

        /// <summary>Maxima of windows of [N, C, H, W].</summary>
        public static MaxPool2d MaxPool2d(long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? dilation = null,
            bool ceil_mode = false)
            => new(kernel_size, stride, padding, dilation, ceil_mode);

        /// <summary>Means of windows of [N, C, H, W].</summary>
        public static AvgPool2d AvgPool2d(long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false,
            bool count_include_pad = true, long? divisor_override = null)
            => new(kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);

        /// <summary>Means of windows of [N, C, H, W].</summary>
        public static AvgPool2d AvgPool2d((long, long) kernel_size, (long, long)? stride = null,
            (long, long)? padding = null, bool ceil_mode = false,
            bool count_include_pad = true, long? divisor_override = null)
            => new(List(kernel_size), List(stride), List(padding), ceil_mode, count_include_pad, divisor_override);

        /// <summary>Means of windows of [N, C, H, W].</summary>
        public static AvgPool2d AvgPool2d(long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false,
            bool count_include_pad = true, long? divisor_override = null)
            => new(Rep(kernel_size, 2), Rep(stride, 2), Rep(padding, 2), ceil_mode, count_include_pad, divisor_override);

        /// <summary>Means that make [N, C, H, W] of the given size.</summary>
        public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long[] output_size) => new(output_size);

        /// <summary>Means that make [N, C, H, W] of the given size.</summary>
        public static AdaptiveAvgPool2d AdaptiveAvgPool2d((long, long) output_size) => new(List(output_size));

        /// <summary>Means that make [N, C, H, W] of the given size.</summary>
        public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long output_size) => new(Rep(output_size, 2));

        /// <summary>Maxima that make [N, C, H, W] of the given size.</summary>
        public static AdaptiveMaxPool2d AdaptiveMaxPool2d(long[] output_size) => new(output_size);

        /// <summary>Maxima of windows of [N, C, D, H, W].</summary>
        public static MaxPool3d MaxPool3d(long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
            bool ceil_mode = false)
            => new(Rep(kernel_size, 3), Rep(stride, 3), Rep(padding, 3), Rep(dilation, 3), ceil_mode);

        /// <summary>Maxima of windows of [N, C, D, H, W].</summary>
        public static MaxPool3d MaxPool3d((long, long, long) kernel_size, (long, long, long)? stride = null,
            (long, long, long)? padding = null, (long, long, long)? dilation = null, bool ceil_mode = false)
            => new(List(kernel_size), List(stride), List(padding), List(dilation), ceil_mode);

        /// <summary>Maxima of windows of [N, C, D, H, W].</summary>
        public static MaxPool3d MaxPool3d(long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? dilation = null,
            bool ceil_mode = false)
            => new(kernel_size, stride, padding, dilation, ceil_mode);

        /// <summary>Means of windows of [N, C, D, H, W].</summary>
        public static AvgPool3d AvgPool3d(long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false,
            bool count_include_pad = true, long? divisor_override = null)
            => new(kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);

        /// <summary>Means of windows of [N, C, D, H, W].</summary>
        public static AvgPool3d AvgPool3d((long, long, long) kernel_size, (long, long, long)? stride = null,
            (long, long, long)? padding = null, bool ceil_mode = false,
            bool count_include_pad = true, long? divisor_override = null)
            => new(List(kernel_size), List(stride), List(padding), ceil_mode, count_include_pad, divisor_override);

        /// <summary>Means of windows of [N, C, D, H, W].</summary>
        public static AvgPool3d AvgPool3d(long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false,
            bool count_include_pad = true, long? divisor_override = null)
            => new(Rep(kernel_size, 3), Rep(stride, 3), Rep(padding, 3), ceil_mode, count_include_pad, divisor_override);

        /// <summary>Means that make [N, C, D, H, W] of the given size.</summary>
        public static AdaptiveAvgPool3d AdaptiveAvgPool3d(long[] output_size) => new(output_size);

        /// <summary>Means that make [N, C, D, H, W] of the given size.</summary>
        public static AdaptiveAvgPool3d AdaptiveAvgPool3d((long, long, long) output_size) => new(List(output_size));

        /// <summary>Means that make [N, C, D, H, W] of the given size.</summary>
        public static AdaptiveAvgPool3d AdaptiveAvgPool3d(long output_size) => new(Rep(output_size, 3));

        /// <summary>Maxima that make [N, C, D, H, W] of the given size.</summary>
        public static AdaptiveMaxPool3d AdaptiveMaxPool3d(long[] output_size) => new(output_size);

        private static long[] Rep(long value, int count) => Enumerable.Repeat(value, count).ToArray();

        private static long[]? Rep(long? value, int count) => value is { } v ? Rep(v, count) : null;

        private static long[]? List((long, long)? t) => t is { } v ? List(v) : null;

        private static long[]? List((long, long, long)? t) => t is { } v ? List(v) : null;
    }
}
