using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>
/// Animates whole videos: the source is encoded once and the directions are computed once, frames go through in
/// chunks, without gradients.
/// </summary>
/// <param name="animator">The animator; stays the caller's.</param>
/// <param name="chunk">Frames in one pass; bounds the memory. Null takes as many as have 2¹⁶ pixels together, 16 at most.</param>
public sealed class AnimationPipeline(ImageAnimator animator, int? chunk = null)
{
    // Frames of a pass share what is done once for all weights: squaring and re-ordering. That matters where frames
    // are small; a frame of 256×256 has enough of its own to do, and takes some 200 MB.
    private const int PixelsInPass = 1 << 16, MostInPass = 16;

    private readonly ImageAnimator _animator = animator;
    private readonly int _chunk = chunk switch
    {
        null => Math.Clamp(PixelsInPass / (animator.Settings.Size * animator.Settings.Size), 1, MostInPass),
        > 0 => chunk.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(chunk), chunk, "expected at least 1"),
    };

    /// <summary>Motion codes of a video (LEO §3.2: the sequence a), [T, 3, S, S] in [-1, 1] → [T, 20].</summary>
    /// <exception cref="ArgumentException">The frames are not of the model's size, or there are none.</exception>
    public Tensor Codes(Tensor frames)
    {
        ImageAnimator.RequireImages(frames, _animator.Settings.Size, nameof(frames));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var codes = new List<Tensor>();
        foreach (var (start, count) in Chunks(frames.shape[0]))
            codes.Add(_animator.MotionCode(frames.narrow(0, start, count)));
        return cat(codes, 0).MoveToOuterDisposeScope();
    }

    /// <summary>Animates <paramref name="source"/> by a driving video.</summary>
    /// <param name="source">[1, 3, S, S] in [-1, 1].</param>
    /// <param name="driving">[T, 3, S, S] in [-1, 1]; in relative mode the first frame is the start.</param>
    /// <param name="mode">Whether the codes are poses or motion.</param>
    /// <exception cref="ArgumentException">The images are not of the model's size, or there is more than one source.</exception>
    public Animation Animate(Tensor source, Tensor driving, AnimationMode mode = AnimationMode.Absolute)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var appearance = EncodeOne(source);
        var codes = Codes(driving);
        if (mode == AnimationMode.Relative) codes = _animator.Relative(appearance, codes, codes.narrow(0, 0, 1));
        return MoveToOuter(Render(appearance, codes));
    }

    /// <summary>Animates <paramref name="source"/> by motion codes, sampled or extracted.</summary>
    /// <param name="source">[1, 3, S, S] in [-1, 1].</param>
    /// <param name="codes">α [T, 20].</param>
    /// <exception cref="ArgumentException">The source is not one image of the model's size, or the codes have another length.</exception>
    public Animation AnimateCodes(Tensor source, Tensor codes)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return MoveToOuter(Render(EncodeOne(source), codes.alias()));
    }

    /// <summary>As the other, a few frames at a time: memory does not grow with the video.</summary>
    /// <param name="source">[1, 3, S, S] in [-1, 1].</param>
    /// <param name="codes">α [T, 20].</param>
    /// <param name="use">Gets the frames in order, [n, 3, S, S]; they are freed when it returns.</param>
    /// <exception cref="ArgumentException">The source is not one image of the model's size, or the codes have another length.</exception>
    public void AnimateCodes(Tensor source, Tensor codes, Action<Tensor> use)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Generate(EncodeOne(source), codes, frames => use(frames.Image));
    }

    private AppearanceFeatures EncodeOne(Tensor source)
    {
        ImageAnimator.RequireImages(source, _animator.Settings.Size, nameof(source));
        if (source.shape[0] != 1) throw new ArgumentException($"{source.shape[0]} source images, expected one");
        return _animator.EncodeSource(source);
    }

    private Animation Render(AppearanceFeatures appearance, Tensor codes)
    {
        using var scope = NewDisposeScope();
        var (frames, size) = (codes.shape[0], (long)_animator.Settings.Size);
        // All of the result before the first pass: a part of it that is laid down in between would keep the next pass from using its room.
        var (images, flows, masks) = (New(3), New(2), New(1));
        var done = 0L;
        Generate(appearance, codes, part =>
        {
            var count = part.Image.shape[0];
            images.narrow(0, done, count).copy_(part.Image);
            flows.narrow(0, done, count).copy_(part.Flow());
            masks.narrow(0, done, count).copy_(part.Mask());
            done += count;
        });
        return new Animation(images.MoveToOuterDisposeScope(), codes, flows.MoveToOuterDisposeScope(), masks.MoveToOuterDisposeScope());

        Tensor New(long channels) => empty(frames, channels, size, size, dtype: float32, device: codes.device);
    }

    private void Generate(AppearanceFeatures appearance, Tensor codes, Action<AnimatedFrames> use)
    {
        if (codes.dim() != 2 || codes.shape[0] < 1)
            throw new ArgumentException($"motion codes have shape [{string.Join(", ", codes.shape)}], expected [T, {_animator.Settings.MotionDim}]");
        using var scope = NewDisposeScope();
        var directions = _animator.Directions();
        foreach (var (start, count) in Chunks(codes.shape[0]))
        {
            using var inner = NewDisposeScope();                          // coarse flows go with each chunk
            use(_animator.Generate(appearance, codes.narrow(0, start, count), directions));
        }
    }

    private IEnumerable<(long Start, long Count)> Chunks(long frames)
    {
        for (long start = 0; start < frames; start += _chunk) yield return (start, Math.Min(_chunk, frames - start));
    }

    private static Animation MoveToOuter(Animation animation)
    {
        animation.Frames.MoveToOuterDisposeScope();
        animation.Codes.MoveToOuterDisposeScope();
        animation.Flow.MoveToOuterDisposeScope();
        animation.Mask.MoveToOuterDisposeScope();
        return animation;
    }
}
