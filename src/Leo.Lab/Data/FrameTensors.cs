using System.Runtime.InteropServices;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Data;

/// <summary>Between decoded frames (bytes, RGB24) and what networks take: float32, [T, 3, H, W], −1 black … 1 full.</summary>
public static class FrameTensors
{
    /// <summary>All frames of a video, [T, 3, H, W] in [-1, 1].</summary>
    public static Tensor FromVideo(Video v)
    {
        ArgumentNullException.ThrowIfNull(v);
        return FromBytes(v.Rgb, v.FrameCount, v.Height, v.Width);
    }

    /// <summary>One picture as a batch of one, [1, 3, H, W] in [-1, 1].</summary>
    public static Tensor FromImage(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return FromBytes(image.Rgb, 1, image.Height, image.Width);
    }

    /// <summary>RGB24 bytes of <paramref name="t"/> frames, [T, 3, H, W] in [-1, 1].</summary>
    /// <param name="rgb">T·H·W·3 bytes.</param>
    /// <param name="t">Frames.</param>
    /// <param name="h">Rows.</param>
    /// <param name="w">Columns.</param>
    /// <exception cref="ArgumentException">Another number of bytes.</exception>
    public static Tensor FromBytes(ReadOnlySpan<byte> rgb, int t, int h, int w)
    {
        if (rgb.Length != 3L * t * h * w)
            throw new ArgumentException($"{t} frames of {w}×{h} RGB are {3L * t * h * w} bytes, not {rgb.Length}.", nameof(rgb));
        var frames = empty(t, 3, h, w, dtype: ScalarType.Float32);
        if (rgb.Length > 0)
            PixelScale.ToPlanes(rgb, Floats(frames), t, h * w);
        return frames;
    }

    /// <summary>Frames as bytes: rounded to the nearest of 256 steps, clamped to [-1, 1].</summary>
    /// <param name="frames">[T, 3, H, W], any float type, any device.</param>
    /// <param name="fps">Frames a second of the video.</param>
    /// <exception cref="ArgumentException">Another shape, or more than 2 GiB of pixels.</exception>
    public static Video ToVideo(Tensor frames, double fps)
    {
        CheckShape(frames);
        if (frames.numel() > Array.MaxLength)
            throw new ArgumentException($"{frames.shape[0]} frames of {frames.shape[3]}×{frames.shape[2]} are more than 2 GiB.", nameof(frames));
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        var (t, h, w) = ((int)frames.shape[0], (int)frames.shape[2], (int)frames.shape[3]);
        byte[] rgb = new byte[t * h * w * 3];
        // A frame at a time: the float copy of a long video is four times as large as the video.
        for (int i = 0; i < t; i++)
        {
            using var frame = frames[i].detach().to(ScalarType.Float32).cpu().contiguous();
            PixelScale.ToPixels(Floats(frame), rgb.AsSpan(i * h * w * 3, h * w * 3), 1, h * w);
        }

        return new Video(t, h, w, fps, rgb);
    }

    /// <summary>One frame as bytes.</summary>
    /// <param name="frame">[3, H, W] or [1, 3, H, W].</param>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public static Image ToImage(Tensor frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        using var scope = NewDisposeScope();
        var video = ToVideo(frame.dim() == 3 ? frame.unsqueeze(0) : frame, 1);
        return video.FrameCount == 1
            ? new Image(video.Height, video.Width, video.Rgb)
            : throw new ArgumentException($"One frame is wanted, not {video.FrameCount}.", nameof(frame));
    }

    /// <summary>The memory of a contiguous float32 tensor on the CPU.</summary>
    internal static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    internal static void CheckShape(Tensor frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.dim() != 4 || frames.shape[1] != 3 || frames.shape[2] < 1 || frames.shape[3] < 1)
            throw new ArgumentException($"Frames are [T, 3, H, W], not [{string.Join(", ", frames.shape)}].", nameof(frames));
    }
}

/// <summary>Between bytes 0…255, pixel after pixel, and floats −1…1, channel after channel.</summary>
internal static class PixelScale
{
    private static readonly float[] Table = [.. Enumerable.Range(0, 256).Select(b => (float)((b / 127.5) - 1))];

    /// <summary>[T, H, W, 3] bytes → [T, 3, H, W] floats, b / 127.5 − 1.</summary>
    public static void ToPlanes(ReadOnlySpan<byte> rgb, Span<float> planes, int frames, int pixels, bool flip = false, int width = 0)
    {
        for (int t = 0; t < frames; t++)
        {
            var from = rgb.Slice(t * pixels * 3, pixels * 3);
            var to = planes.Slice(t * pixels * 3, pixels * 3);
            ToPlanes(from, to[..pixels], to.Slice(pixels, pixels), to[(2 * pixels)..]);
            if (flip)
            {
                for (int row = 0; row < to.Length; row += width)
                    to.Slice(row, width).Reverse();
            }
        }
    }

    /// <summary>[T, 3, H, W] floats → [T, H, W, 3] bytes, rounded and clamped; what is no number becomes black.</summary>
    public static void ToPixels(ReadOnlySpan<float> planes, Span<byte> rgb, int frames, int pixels)
    {
        for (int t = 0; t < frames; t++)
        {
            var from = planes.Slice(t * pixels * 3, pixels * 3);
            var to = rgb.Slice(t * pixels * 3, pixels * 3);
            for (int c = 0; c < 3; c++)
            {
                var plane = from.Slice(c * pixels, pixels);
                for (int i = 0, at = c; i < plane.Length; i++, at += 3)
                {
                    float value = (plane[i] * 127.5f) + 128f;
                    to[at] = value >= 1 ? (byte)Math.Min(value, 255f) : (byte)0;
                }
            }
        }
    }

    private static void ToPlanes(ReadOnlySpan<byte> rgb, Span<float> red, Span<float> green, Span<float> blue)
    {
        ReadOnlySpan<float> table = Table;
        green = green[..red.Length];
        blue = blue[..red.Length];
        for (int i = 0; i < red.Length; i++)
        {
            red[i] = table[rgb[0]];
            green[i] = table[rgb[1]];
            blue[i] = table[rgb[2]];
            rgb = rgb[3..];
        }
    }
}
