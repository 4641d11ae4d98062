using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Embedded;

/// <summary>Spoils clips in a known way and measure: what a yardstick of videos has to notice, and hard negatives to train one with.</summary>
public static class ClipDegradation
{
    // At full strength: deviation of the noise in levels of 255, and of the blur in pixels of a frame of 64.
    private const double NoiseAtMost = 48, BlurAtMost = 3;

    /// <summary>Spoils a clip.</summary>
    /// <param name="kind">How.</param>
    /// <param name="strength">0 leaves it as it is, 1 is the most.</param>
    /// <param name="clip">[T, 3, H, W], values 0 to 255.</param>
    /// <param name="other">Another person's clip of the same shape; looked at for <see cref="ClipDegradationKind.Swap"/> only.</param>
    /// <param name="generator">What it is drawn from.</param>
    /// <returns>[T, 3, H, W] float32, values 0 to 255.</returns>
    /// <exception cref="ArgumentException">Shapes differ, or the strength is outside 0 to 1.</exception>
    public static Tensor Apply(ClipDegradationKind kind, double strength, Tensor clip, Tensor other, Generator generator)
    {
        if (!(strength >= 0 && strength <= 1))
            throw new ArgumentException($"A strength lies between 0 and 1, not at {strength}.", nameof(strength));
        if (clip.dim() != 4 || !clip.shape.SequenceEqual(other.shape))
            throw new ArgumentException($"Clips [{string.Join(", ", clip.shape)}] and [{string.Join(", ", other.shape)}] do not pair up.", nameof(other));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var frames = clip.to(ScalarType.Float32);
        var spoilt = kind switch
        {
            ClipDegradationKind.Noise => (frames + randn(frames.shape, float32, generator: generator) * (NoiseAtMost * strength)).clamp(0, 255),
            ClipDegradationKind.Blur => Blur(frames, BlurAtMost * strength * frames.shape[3] / 64),
            ClipDegradationKind.Shuffle => Shuffle(frames, strength, generator),
            ClipDegradationKind.Freeze => Freeze(frames, strength),
            ClipDegradationKind.Swap => Swap(frames, other.to(ScalarType.Float32), strength),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such degradation."),
        };
        return (ReferenceEquals(spoilt, clip) ? spoilt.clone() : spoilt).MoveToOuterDisposeScope();
    }

    private static Tensor Blur(Tensor frames, double sigma)
    {
        if (sigma < 0.05)
            return frames.clone();
        long reach = (long)Math.Ceiling(3 * sigma);
        var at = arange(-reach, reach + 1, dtype: float32);
        var bell = (at.square() / (-2 * sigma * sigma)).exp();
        var window = bell / bell.sum();
        var planes = frames.reshape(-1, 1, frames.shape[2], frames.shape[3]);
        // The border is continued by its own pixels, so that it does not darken.
        planes = nn.functional.pad(planes, [reach, reach, reach, reach], PaddingModes.Replicate);
        planes = nn.functional.conv2d(nn.functional.conv2d(planes, window.reshape(1, 1, -1, 1)), window.reshape(1, 1, 1, -1));
        return planes.reshape(frames.shape);
    }

    // Frames drawn at random change places in a circle: so many that the strength is about the share of neighbours that no longer follow each other.
    private static Tensor Shuffle(Tensor frames, double strength, Generator generator)
    {
        long count = frames.shape[0], moved = (long)Math.Round(count * (1 - Math.Sqrt(1 - strength)));
        if (moved < 2)
            return frames.clone();
        long[] chosen = [.. randperm(count, dtype: int64, generator: generator).data<long>().Take((int)moved)];
        long[] order = [.. Enumerable.Range(0, (int)count).Select(t => (long)t)];
        for (int i = 0; i < chosen.Length; i++)
            order[chosen[i]] = chosen[(i + 1) % chosen.Length];
        return frames.index_select(0, tensor(order));
    }

    // The last share of the frames stands still.
    private static Tensor Freeze(Tensor frames, double strength)
    {
        long count = frames.shape[0], last = count - 1 - (long)Math.Round(strength * (count - 1));
        return frames.index_select(0, arange(count, dtype: int64).clamp_max(last));
    }

    // Up to half of the frames, those at the end, are another person's.
    private static Tensor Swap(Tensor frames, Tensor other, double strength)
    {
        long count = frames.shape[0], swapped = (long)Math.Round(strength * count / 2);
        return swapped == 0 ? frames.clone() : cat([frames.narrow(0, 0, count - swapped), other.narrow(0, count - swapped, swapped)], 0);
    }
}
