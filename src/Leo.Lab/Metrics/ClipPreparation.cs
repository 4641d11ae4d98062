using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>Brings frames to what a video extractor takes, in the very operations of the published programs.</summary>
public static class ClipPreparation
{
    /// <summary>Resizes a clip and scales its values.</summary>
    /// <param name="frames">[T, 3, H, W], values 0 to 255.</param>
    /// <param name="resize">Whose way.</param>
    /// <param name="size">Side that comes out.</param>
    /// <returns>[1, 3, T, size, size] in [-1, 1].</returns>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public static Tensor Run(Tensor frames, ClipResize resize, int size)
    {
        if (frames.dim() != 4 || frames.shape[1] != 3 || frames.shape[0] < 1)
            throw new ArgumentException($"A clip is [T, 3, H, W], not [{string.Join(", ", frames.shape)}].", nameof(frames));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var video = frames.to(ScalarType.Float32);
        // The order of dividing, subtracting and doubling is each program's own; it decides the last bit.
        var scaled = resize == ClipResize.ShortSideAndCrop
            ? (Middle(Resized(video / 255f, ShortSide(video.shape[2], video.shape[3], size)), size) - 0.5f) * 2f
            : Resized(video, [size, size]) * 2f / 255f - 1f;
        return scaled.transpose(0, 1).unsqueeze(0).contiguous().MoveToOuterDisposeScope();
    }

    // VideoGPT's sizes: the long side is rounded up, in the floating point of Python.
    private static long[] ShortSide(long height, long width, int size)
    {
        double scale = (double)size / Math.Min(height, width);
        return height < width ? [size, (long)Math.Ceiling(width * scale)] : [(long)Math.Ceiling(height * scale), size];
    }

    private static Tensor Resized(Tensor frames, long[] size) =>
        nn.functional.interpolate(frames, size, mode: InterpolationMode.Bilinear, align_corners: false);

    private static Tensor Middle(Tensor frames, int size) =>
        frames.narrow(2, (frames.shape[2] - size) / 2, size).narrow(3, (frames.shape[3] - size) / 2, size);
}
