namespace TorchSharp;

public static partial class torch
{
    /// <summary>Picks the operator that makes an image of another size.</summary>
    private static class Interpolation
    {
        private static readonly Op Nearest2d = new("aten::upsample_nearest2d.vec"), Bilinear2d = new("aten::upsample_bilinear2d.vec");

        internal static Tensor Run(Tensor x, long[]? size, double[]? scale, InterpolationMode mode, bool? alignCorners, bool recompute,
            bool antialias)
        {
            int spatial = (int)x.ndim - 2;
            Check(spatial, size, scale, mode, alignCorners, recompute, antialias);
            if (recompute || mode == InterpolationMode.Area && size is null)
            {
                size = [.. x.shape[2..].Zip(scale!, (length, factor) => (long)Math.Floor(length * factor))];
                scale = null;
            }
            bool align = alignCorners ?? false;
            return (mode, spatial) switch
            {
                (InterpolationMode.Nearest, 1) => Op.Call("aten::upsample_nearest1d.vec", x, size, scale),
                (InterpolationMode.Nearest, 2) => Op.Call(Nearest2d, x, size, scale),
                (InterpolationMode.Nearest, 3) => Op.Call("aten::upsample_nearest3d.vec", x, size, scale),
                (InterpolationMode.NearestExact, 1) => Op.Call("aten::_upsample_nearest_exact1d.vec", x, size, scale),
                (InterpolationMode.NearestExact, 2) => Op.Call("aten::_upsample_nearest_exact2d.vec", x, size, scale),
                (InterpolationMode.NearestExact, 3) => Op.Call("aten::_upsample_nearest_exact3d.vec", x, size, scale),
                (InterpolationMode.Linear, 1) => Op.Call("aten::upsample_linear1d.vec", x, size, align, scale),
                (InterpolationMode.Bilinear, 2) when antialias => Op.Call("aten::_upsample_bilinear2d_aa.vec", x, size, align, scale),
                (InterpolationMode.Bilinear, 2) => Op.Call(Bilinear2d, x, size, align, scale),
                (InterpolationMode.Bicubic, 2) when antialias => Op.Call("aten::_upsample_bicubic2d_aa.vec", x, size, align, scale),
                (InterpolationMode.Bicubic, 2) => Op.Call("aten::upsample_bicubic2d.vec", x, size, align, scale),
                (InterpolationMode.Trilinear, 3) => Op.Call("aten::upsample_trilinear3d.vec", x, size, align, scale),
                (InterpolationMode.Area, 1) => Op.Call("aten::adaptive_avg_pool1d", x, size),
                (InterpolationMode.Area, 2) => Op.Call("aten::adaptive_avg_pool2d", x, size),
                (InterpolationMode.Area, 3) => Op.Call("aten::adaptive_avg_pool3d", x, size),
                _ => throw new ArgumentException($"{mode} cannot be used on a tensor of {x.ndim} dimensions.", nameof(mode))
            };
        }

        private static void Check(int spatial, long[]? size, double[]? scale, InterpolationMode mode, bool? alignCorners, bool recompute,
            bool antialias)
        {
            if (size is null == scale is null) throw new ArgumentException("Give either a size or a scale factor.");
            int given = size?.Length ?? scale!.Length;
            if (given != spatial)
                throw new ArgumentException($"{given} numbers were given for {spatial} dimensions.",
                    size is null ? "scale_factor" : nameof(size));
            if (recompute && scale is null) throw new ArgumentException("Recomputing the scale needs a scale factor.");
            if (mode is InterpolationMode.Nearest or InterpolationMode.NearestExact or InterpolationMode.Area
                && alignCorners is not null)
                throw new ArgumentException($"align_corners has no meaning for {mode}.", "align_corners");
            if (antialias && mode is not (InterpolationMode.Bilinear or InterpolationMode.Bicubic))
                throw new ArgumentException($"{mode} cannot be anti-aliased.", nameof(antialias));
        }
    }
}
