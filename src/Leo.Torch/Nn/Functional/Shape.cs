namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>[N, C·r², H, W] → [N, C, H·r, W·r]</summary>
            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => Op.Call("aten::pixel_shuffle", input, upscale_factor);

            /// <summary>[N, C, H·r, W·r] → [N, C·r², H, W]</summary>
            public static Tensor pixel_unshuffle(Tensor input, long downscale_factor)
                => Op.Call("aten::pixel_unshuffle", input, downscale_factor);

            /// <summary>Cuts an image into windows: [N, C, H, W] → [N, C·k², L].</summary>
            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1)
                => unfold(input, (kernel_size, kernel_size), (dilation, dilation), (padding, padding), (stride, stride));

            /// <summary>Cuts an image into windows: [N, C, H, W] → [N, C·kh·kw, L].</summary>
            public static Tensor unfold(Tensor input, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null,
                (long, long)? stride = null)
                => Op.Call("aten::im2col", input, List(kernel_size), List(dilation ?? (1, 1)), List(padding ?? (0, 0)),
                    List(stride ?? (1, 1)));

            /// <summary>Adds windows up to a square image: [N, C·k², L] → [N, C, H, W].</summary>
            public static Tensor fold(Tensor input, long output_size, long kernel_size, long dilation = 1, long padding = 0,
                long stride = 1)
                => fold(input, (output_size, output_size), (kernel_size, kernel_size), (dilation, dilation), (padding, padding),
                    (stride, stride));

            /// <summary>Adds windows up to an image: [N, C·kh·kw, L] → [N, C, H, W].</summary>
            public static Tensor fold(Tensor input, (long, long) output_size, (long, long) kernel_size, (long, long)? dilation = null,
                (long, long)? padding = null, (long, long)? stride = null)
                => Op.Call("aten::col2im", input, List(output_size), List(kernel_size), List(dilation ?? (1, 1)), List(padding ?? (0, 0)),
                    List(stride ?? (1, 1)));
        }
    }
}
