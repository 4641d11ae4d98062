namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Op PadOp = new("aten::pad"), GridSamplerOp = new("aten::grid_sampler");

            /// <summary>Pads the last dimensions.</summary>
            /// <param name="input">The tensor.</param>
            /// <param name="pad">Before and after, the last dimension first; negative crops.</param>
            /// <param name="mode">What to fill with.</param>
            /// <param name="value">The value, where one is filled in.</param>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => Op.Call(PadOp, input, pad, mode switch
                {
                    PaddingModes.Reflect => "reflect",
                    PaddingModes.Replicate => "replicate",
                    PaddingModes.Circular => "circular",
                    _ => "constant"
                }, mode is PaddingModes.Constant or PaddingModes.Zeros ? value : Arg.None);

            /// <inheritdoc cref="pad(Tensor, long[], PaddingModes, double)"/>
            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => functional.pad(input, pad.ToArray(), mode, value);

            /// <summary>Pads the last dimension.</summary>
            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            /// <summary>Pads the last two dimensions: left, right, top, bottom.</summary>
            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant,
                double value = 0)
                => functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>Pads every dimension, batch and channels too, at both sides.</summary>
            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => functional.pad(input, Enumerable.Repeat(pad, (int)input.ndim * 2).ToArray(), mode, value);

            /// <summary>Reads an image at the points of a grid.</summary>
            /// <param name="input">[N, C, H, W] or [N, C, D, H, W].</param>
            /// <param name="grid">[N, h, w, 2] or [N, d, h, w, 3]: x, y(, z) in [-1, 1].</param>
            /// <param name="mode">How values between pixels are read.</param>
            /// <param name="padding_mode">What is read outside.</param>
            /// <param name="align_corners">Do −1 and 1 mean the centres of the border pixels (true) or their outer edges?</param>
            public static Tensor grid_sample(Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear,
                GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null)
                => Op.Call(GridSamplerOp, input, grid, mode == GridSampleMode.Bilinear ? 0 : 1, padding_mode switch
                {
                    GridSamplePaddingMode.Border => 1,
                    GridSamplePaddingMode.Reflection => 2,
                    _ => 0
                }, align_corners ?? false);

            /// <summary>The grid of an affine map, for <see cref="grid_sample"/>.</summary>
            /// <param name="theta">[N, 2, 3] or [N, 3, 4].</param>
            /// <param name="size">The output's size, [N, C, H, W] or [N, C, D, H, W].</param>
            /// <param name="align_corners">As in <see cref="grid_sample"/>.</param>
            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false)
                => Op.Call("aten::affine_grid_generator", theta, size ?? [], align_corners);

            /// <summary>Makes an image of another size.</summary>
            /// <param name="x">[N, C, L], [N, C, H, W] or [N, C, D, H, W].</param>
            /// <param name="size">The new size.</param>
            /// <param name="scale_factor">Instead of the size: how many times larger.</param>
            /// <param name="mode">How.</param>
            /// <param name="align_corners">Do the centres of the corner pixels stay in place? Not for nearest and area.</param>
            /// <param name="recompute_scale_factor">Derive the scale from the rounded size again?</param>
            /// <param name="antialias">Blur when making it smaller? Only for bilinear and bicubic.</param>
            /// <exception cref="ArgumentException">The arguments contradict each other or the input.</exception>
            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null,
                InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false,
                bool antialias = false)
                => Interpolation.Run(x, size, scale_factor, mode, align_corners, recompute_scale_factor, antialias);

            /// <summary>Makes an image of another size.</summary>
            public static Tensor upsample(Tensor input, long[]? size = null, double[]? scale_factor = null,
                UpsampleMode mode = UpsampleMode.Nearest, bool align_corners = false)
                => interpolate(input, size, scale_factor, (InterpolationMode)mode,
                    mode == UpsampleMode.Nearest ? null : align_corners);

            /// <summary>Makes an image of another size, bilinearly.</summary>
            public static Tensor upsample_bilinear(Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false)
                => interpolate(x, size, scale_factor, InterpolationMode.Bilinear, align_corners);

            /// <summary>Makes an image of another size by the nearest value.</summary>
            public static Tensor upsample_nearest(Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false)
                => interpolate(x, size, scale_factor);
        }
    }
}
