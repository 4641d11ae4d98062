using Leo.Lab.Data;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>
/// Animates whole videos: the source is encoded once and the directions are computed once, frames go through in
/// chunks, without gradients. Frames and codes are taken from any device, and come back to the CPU a chunk at a time.
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
        using var mode = new PrecisionMode(_animator.Precision);
        using var scope = NewDisposeScope();
        using var kept = _animator.KeepWeights();
        var codes = new List<Tensor>();
        foreach (var (start, count) in Chunks(frames.shape[0]))
            codes.Add(_animator.MotionCode(frames.narrow(0, start, count)).cpu());
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
        if (mode == AnimationMode.Relative) codes = _animator.Relative(appearance, codes, codes.narrow(0, 0, 1)).cpu();
        return Render(appearance, codes).MoveToOuterDisposeScope();
    }

    /// <summary>Animates <paramref name="source"/> by motion codes, sampled or extracted.</summary>
    /// <param name="source">[1, 3, S, S] in [-1, 1].</param>
    /// <param name="codes">α [T, 20].</param>
    /// <exception cref="ArgumentException">The source is not one image of the model's size, or the codes have another length.</exception>
    public Animation AnimateCodes(Tensor source, Tensor codes)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Render(EncodeOne(source), codes.cpu().alias()).MoveToOuterDisposeScope();
    }

    /// <summary>As the other, a few frames at a time: memory does not grow with the video.</summary>
    /// <param name="source">[1, 3, S, S] in [-1, 1].</param>
    /// <param name="codes">α [T, 20].</param>
    /// <param name="use">Gets the frames in order, [n, 3, S, S], where the animator is; they are freed when it returns.</param>
    /// <exception cref="ArgumentException">The source is not one image of the model's size, or the codes have another length.</exception>
    public void AnimateCodes(Tensor source, Tensor codes, Action<Tensor> use)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Generate(EncodeOne(source), Blocks(codes), frames => use(frames.Image));
    }

    /// <summary>Animates <paramref name="source"/> into a video file, a few frames at a time: memory does not grow with the video.</summary>
    /// <param name="path">.mp4, .mov, .mkv, .webm, .gif, or numbered pictures; see <see cref="VideoWriter"/>.</param>
    /// <param name="source">[1, 3, S, S] in [-1, 1].</param>
    /// <param name="codes">α [T, 20].</param>
    /// <param name="framesPerSecond">Rate of the video.</param>
    /// <param name="progress">Told the number of frames written. May throw to stop, and then no file is left.</param>
    /// <exception cref="ArgumentException">The source is not one image of the model's size, or the codes have another length.</exception>
    /// <exception cref="MediaException">The file cannot be written.</exception>
    public void AnimateTo(string path, Tensor source, Tensor codes, double framesPerSecond = 25, Action<long>? progress = null) =>
        Write(path, source, Blocks(codes), framesPerSecond, progress);

    /// <summary>As the other, with codes that are made while the video is written: it may be of any length.</summary>
    /// <param name="path">As above.</param>
    /// <param name="source">[1, 3, S, S] in [-1, 1].</param>
    /// <param name="codes">One α [1, 20] a frame, disposed of once it is used.</param>
    /// <param name="framesPerSecond">Rate of the video.</param>
    /// <param name="progress">As above.</param>
    /// <exception cref="ArgumentException">The source is not one image of the model's size, or the codes have another length.</exception>
    /// <exception cref="MediaException">The file cannot be written, or there are no codes.</exception>
    public void AnimateTo(string path, Tensor source, IEnumerable<Tensor> codes, double framesPerSecond = 25, Action<long>? progress = null) =>
        Write(path, source, codes.Chunk(_chunk).Select(Joined), framesPerSecond, progress);

    /// <summary>Animates and keeps all that the generator does on the way (LEO §3.1, Eq. 2).</summary>
    /// <param name="source">[1, 3, S, S] in [-1, 1].</param>
    /// <param name="codes">α [T, 20]; null makes one frame of the appearance alone, without motion.</param>
    /// <param name="keepScales">Whether the coarser scales are kept, too, which take a third more memory.</param>
    /// <exception cref="ArgumentException">The source is not one image of the model's size, or the codes have another length.</exception>
    public GeneratorTrace Inside(Tensor source, Tensor? codes, bool keepScales = true)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var appearance = EncodeOne(source);
        List<Tensor> images = [];
        int skipped = keepScales ? 0 : appearance.Maps.Count - 1;
        List<Tensor>[] raw = [.. appearance.Maps.Skip(skipped).Select(_ => new List<Tensor>())];
        Generate(appearance, Blocks(codes), made =>
        {
            images.Add(made.Image.cpu().MoveToOtherDisposeScope(scope));
            for (int i = 0; i < raw.Length; i++) raw[i].Add(made.Flows[skipped + i].cpu().MoveToOtherDisposeScope(scope));
        });
        return new GeneratorTrace(cat(images, 0).MoveToOuterDisposeScope(), (codes?.cpu().alias() ?? empty(0, _animator.Settings.MotionDim)).MoveToOuterDisposeScope(),
            [.. raw.Select(flows => InsideScale.Of(source.cpu(), cat(flows, 0)).MoveToOuterDisposeScope())]);
    }

    private AppearanceFeatures EncodeOne(Tensor source)
    {
        ImageAnimator.RequireImages(source, _animator.Settings.Size, nameof(source));
        if (source.shape[0] != 1) throw new ArgumentException($"{source.shape[0]} source images, expected one");
        using var mode = new PrecisionMode(_animator.Precision);
        return _animator.EncodeSource(source);
    }

    private Animation Render(AppearanceFeatures appearance, Tensor codes)
    {
        using var scope = NewDisposeScope();
        var (frames, size) = (codes.shape[0], (long)_animator.Settings.Size);
        // All of the result before the first pass: a part of it that is laid down in between would keep the next pass from using its room.
        var (images, flows, masks) = (New(3), New(2), New(1));
        long done = 0L;
        Generate(appearance, Blocks(codes), part =>
        {
            long count = part.Image.shape[0];
            images.narrow(0, done, count).copy_(part.Image.cpu());
            flows.narrow(0, done, count).copy_(part.Flow().cpu());
            masks.narrow(0, done, count).copy_(part.Mask().cpu());
            done += count;
        });
        return new Animation(images.MoveToOuterDisposeScope(), codes, flows.MoveToOuterDisposeScope(), masks.MoveToOuterDisposeScope());

        Tensor New(long channels) => empty(frames, channels, size, size, dtype: float32, device: CPU);
    }

    private void Write(string path, Tensor source, IEnumerable<Tensor?> blocks, double framesPerSecond, Action<long>? progress)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var appearance = EncodeOne(source);
        using var writer = new VideoWriter(path, _animator.Settings.Size, _animator.Settings.Size, framesPerSecond);
        Generate(appearance, blocks, made =>
        {
            var video = FrameTensors.ToVideo(made.Image, framesPerSecond);
            for (int i = 0; i < video.FrameCount; i++) writer.Write(video.Frame(i));
            progress?.Invoke(writer.Count);
        });
        writer.Complete();
    }

    // The one loop of a rendering: everything that this class makes goes through it, a block of codes a pass.
    private void Generate(AppearanceFeatures appearance, IEnumerable<Tensor?> blocks, Action<AnimatedFrames> use)
    {
        using var scope = NewDisposeScope();
        using var mode = new PrecisionMode(_animator.Precision);
        using var kept = _animator.KeepWeights();
        var directions = _animator.Directions();
        foreach (var block in blocks)
        {
            using var inner = NewDisposeScope();                          // coarse flows go with each block
            using var codes = block;
            use(_animator.Generate(appearance, codes, directions));
        }
    }

    // The appearance alone, without a code, is one block of one frame.
    private IEnumerable<Tensor?> Blocks(Tensor? codes)
    {
        if (codes is null) return [null];
        if (codes.dim() != 2 || codes.shape[0] < 1)
            throw new ArgumentException($"motion codes have shape [{string.Join(", ", codes.shape)}], expected [T, {_animator.Settings.MotionDim}]");
        return Chunks(codes.shape[0]).Select(c => codes.narrow(0, c.Start, c.Count));
    }

    private static Tensor Joined(Tensor[] codes)
    {
        var block = cat(codes, 0);
        foreach (var code in codes) code.Dispose();
        return block;
    }

    private IEnumerable<(long Start, long Count)> Chunks(long frames)
    {
        for (long start = 0; start < frames; start += _chunk) yield return (start, Math.Min(_chunk, frames - start));
    }
}
