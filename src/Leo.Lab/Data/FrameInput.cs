using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Data;

/// <summary>
/// Pictures or videos as somebody has them: the path of a picture, of a video, of a folder of frames or of a .safetensors file; several
/// such paths; a tensor [T, 3, S, S] or [3, S, S] in [-1, 1]; an <see cref="Image"/> or a <see cref="Video"/>. Each converts by itself.
/// </summary>
public sealed class FrameInput
{
    private readonly Func<int, Frames> _load;

    private FrameInput(Func<int, Frames> load, params string[] paths) => (_load, Paths) = (load, paths);

    /// <summary>The paths, where these are files; else empty.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>A file or folder, see <see cref="FrameSource"/>.</summary>
    public static implicit operator FrameInput(string path) => new(size => FrameSource.Load(path, size), path);

    /// <summary>Several pictures; of a video the first frame counts.</summary>
    public static implicit operator FrameInput(string[] paths) => new(size => Pictures(paths, size), paths);

    /// <summary>[T, 3, S, S] or [3, S, S] in [-1, 1].</summary>
    public static implicit operator FrameInput(Tensor frames) => new(size => OfTensor(frames, 25, size, tellRange: true));

    /// <summary>Frames that were loaded before.</summary>
    public static implicit operator FrameInput(Frames frames) => new(size => OfTensor(frames.Tensor, frames.FramesPerSecond, size) with { Path = frames.Path, Note = frames.Note }, frames.Path);

    /// <summary>A decoded video of the model's size.</summary>
    public static implicit operator FrameInput(Video video) => new(size => OfTensor(FrameTensors.FromVideo(video), video.FramesPerSecond, size));

    /// <summary>A decoded picture of the model's size.</summary>
    public static implicit operator FrameInput(Image image) => new(size => OfTensor(FrameTensors.FromImage(image), 25, size));

    /// <summary>The frames, at the model's size. Files are cropped and resized to it; what is in memory must have it.</summary>
    /// <param name="size">S, in pixels.</param>
    /// <returns>[T, 3, S, S]; the tensor belongs to the caller.</returns>
    /// <exception cref="LeoException">A file is missing, damaged, too small, or nothing that can be read.</exception>
    /// <exception cref="ArgumentException">A tensor, picture or video in memory has another shape or range.</exception>
    public Frames Load(int size) => _load(size);

    /// <summary>Pictures to start from: of a single path the first frame, else every frame.</summary>
    /// <param name="size">S, in pixels.</param>
    /// <returns>[K, 3, S, S]; belongs to the caller.</returns>
    /// <exception cref="LeoException">As <see cref="Load"/>.</exception>
    /// <exception cref="ArgumentException">As <see cref="Load"/>.</exception>
    public Tensor LoadPictures(int size) => LoadStills(size).Tensor;

    /// <summary>As <see cref="LoadPictures"/>, with what is to be said of them.</summary>
    internal Frames LoadStills(int size)
    {
        using var scope = NewDisposeScope();
        var frames = Load(size);
        return frames with { Tensor = (Paths.Count == 1 ? frames.Tensor.narrow(0, 0, 1) : frames.Tensor.alias()).MoveToOuterDisposeScope() };
    }

    private static Frames Pictures(string[] paths, int size)
    {
        using var scope = NewDisposeScope();
        List<Frames> all = [.. paths.Select(path => FrameSource.Load(path, size))];
        return new Frames(cat([.. all.Select(f => f.Tensor.narrow(0, 0, 1))], 0).MoveToOuterDisposeScope(), 25, string.Join(", ", paths)) { Note = all.Select(f => f.Note).FirstOrDefault(n => n is not null) };
    }

    private static Frames OfTensor(Tensor frames, double rate, int size, bool tellRange = false)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var shaped = (frames.dim() == 3 ? frames.unsqueeze(0) : frames).detach();
        if (shaped.dim() != 4 || shaped.shape[0] < 1 || shaped.shape[1] != 3 || shaped.shape[2] != size || shaped.shape[3] != size)
            throw new ArgumentException($"frames have shape [{string.Join(", ", frames.shape)}], expected [T, 3, {size}, {size}] or [3, {size}, {size}]");
        if (FrameRange.Fault(shaped) is { } fault)
            throw new ArgumentException($"frames: {fault.Problem}. {fault.Advice}");
        shaped = shaped.to(float32);
        return new Frames(shaped.MoveToOuterDisposeScope(), rate, "frames") { Note = tellRange ? FrameRange.Note(shaped, "frames") : null };
    }
}
