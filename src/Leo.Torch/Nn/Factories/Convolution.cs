using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A convolution over one dimension.</summary>
        public static Conv1d Conv1d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
            long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
            Device? device = null, ScalarType? dtype = null)
            => new(in_channels, out_channels, [kernel_size], [stride], [padding], null, [dilation],
                padding_mode, groups, bias, device, dtype);

        /// <summary>A convolution over one dimension.</summary>
        public static Conv1d Conv1d(long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1,
            long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
            Device? device = null, ScalarType? dtype = null)
            => new(in_channels, out_channels, [kernel_size], [stride], null, padding, [dilation],
                padding_mode, groups, bias, device, dtype);

        /// <summary>A transposed convolution over one dimension.</summary>
        public static ConvTranspose1d ConvTranspose1d(long in_channels, long out_channels, long kernel_size, long stride = 1,
            long padding = 0, long output_padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros,
            long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new(in_channels, out_channels, [kernel_size], [stride], [padding], [output_padding],
                [dilation], padding_mode, groups, bias, device, dtype);

        /// <summary>A convolution over two dimensions.</summary>
        public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
            long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
            Device? device = null, ScalarType? dtype = null)
            => new(in_channels, out_channels, Rep(kernel_size, 2), Rep(stride, 2), Rep(padding, 2), null, Rep(dilation, 2),
                padding_mode, groups, bias, device, dtype);

        /// <summary>A convolution over two dimensions.</summary>
        public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null,
            (long, long)? padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
            long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new(in_channels, out_channels, List(kernel_size), List(stride ?? (1, 1)), List(padding ?? (0, 0)), null,
                List(dilation ?? (1, 1)), padding_mode, groups, bias, device, dtype);

        /// <summary>A convolution over two dimensions.</summary>
        public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1,
            long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
            Device? device = null, ScalarType? dtype = null)
            => new(in_channels, out_channels, Rep(kernel_size, 2), Rep(stride, 2), null, padding, Rep(dilation, 2),
                padding_mode, groups, bias, device, dtype);

        /// <summary>A convolution over two dimensions.</summary>
        public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, Padding padding,
            (long, long)? stride = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
            long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new(in_channels, out_channels, List(kernel_size), List(stride ?? (1, 1)), null, padding,
                List(dilation ?? (1, 1)), padding_mode, groups, bias, device, dtype);

        /// <summary>A transposed convolution over two dimensions.</summary>
        public static ConvTranspose2d ConvTranspose2d(long in_channels, long out_channels, long kernel_size, long stride = 1,
            long padding = 0, long output_padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros,
            long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new(in_channels, out_channels, Rep(kernel_size, 2), Rep(stride, 2), Rep(padding, 2), Rep(output_padding, 2),
                Rep(dilation, 2), padding_mode, groups, bias, device, dtype);

        /// <summary>A transposed convolution over two dimensions.</summary>
        public static ConvTranspose2d ConvTranspose2d(long in_channels, long out_channels, (long, long) kernel_size,
            (long, long)? stride = null, (long, long)? padding = null, (long, long)? output_padding = null,
            (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
            Device? device = null, ScalarType? dtype = null)
            => new(in_channels, out_channels, List(kernel_size), List(stride ?? (1, 1)), List(padding ?? (0, 0)),
                List(output_padding ?? (0, 0)), List(dilation ?? (1, 1)), padding_mode, groups, bias, device, dtype);

        /// <summary>A convolution over three dimensions.</summary>
        public static Conv3d Conv3d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
            long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
            Device? device = null, ScalarType? dtype = null)
            => new(in_channels, out_channels, Rep(kernel_size, 3), Rep(stride, 3), Rep(padding, 3), null, Rep(dilation, 3),
                padding_mode, groups, bias, device, dtype);

        /// <summary>A convolution over three dimensions.</summary>
        public static Conv3d Conv3d(long in_channels, long out_channels, (long, long, long) kernel_size, (long, long, long)? stride = null,
            (long, long, long)? padding = null, (long, long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
            long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new(in_channels, out_channels, List(kernel_size), List(stride ?? (1, 1, 1)), List(padding ?? (0, 0, 0)), null,
                List(dilation ?? (1, 1, 1)), padding_mode, groups, bias, device, dtype);

        /// <summary>A convolution over three dimensions.</summary>
        public static Conv3d Conv3d(long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1,
            long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
            Device? device = null, ScalarType? dtype = null)
            => new(in_channels, out_channels, Rep(kernel_size, 3), Rep(stride, 3), null, padding, Rep(dilation, 3),
                padding_mode, groups, bias, device, dtype);

        /// <summary>A convolution over three dimensions.</summary>
        public static Conv3d Conv3d(long in_channels, long out_channels, (long, long, long) kernel_size, Padding padding,
            (long, long, long)? stride = null, (long, long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
            long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new(in_channels, out_channels, List(kernel_size), List(stride ?? (1, 1, 1)), null, padding,
                List(dilation ?? (1, 1, 1)), padding_mode, groups, bias, device, dtype);

        /// <summary>A transposed convolution over three dimensions.</summary>
        public static ConvTranspose3d ConvTranspose3d(long in_channels, long out_channels, long kernel_size, long stride = 1,
            long padding = 0, long output_padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros,
            long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new(in_channels, out_channels, Rep(kernel_size, 3), Rep(stride, 3), Rep(padding, 3), Rep(output_padding, 3),
                Rep(dilation, 3), padding_mode, groups, bias, device, dtype);

        /// <summary>A transposed convolution over three dimensions.</summary>
        public static ConvTranspose3d ConvTranspose3d(long in_channels, long out_channels, (long, long, long) kernel_size,
            (long, long, long)? stride = null, (long, long, long)? padding = null, (long, long, long)? output_padding = null,
            (long, long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
            Device? device = null, ScalarType? dtype = null)
            => new(in_channels, out_channels, List(kernel_size), List(stride ?? (1, 1, 1)), List(padding ?? (0, 0, 0)),
                List(output_padding ?? (0, 0, 0)), List(dilation ?? (1, 1, 1)), padding_mode, groups, bias, device, dtype);

        internal static long[] List((long, long) t) => [t.Item1, t.Item2];

        internal static long[] List((long, long, long) t) => [t.Item1, t.Item2, t.Item3];
    }
}
