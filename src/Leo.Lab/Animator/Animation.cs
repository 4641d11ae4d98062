using Leo.Lab.Data;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>A source image animated by a sequence of motion codes; T frames.</summary>
/// <param name="Frames">[T, 3, S, S], nominally in [-1, 1], not clamped.</param>
/// <param name="Codes">The codes fed to the generator, [T, 20].</param>
/// <param name="Flow">φ at the finest scale, [T, 2, S, S], x then y, in units of half the image's side, in (-1, 1).</param>
/// <param name="Mask">The mask at the finest scale, [T, 1, S, S] in (0, 1): 1 keeps the warped source, 0 inpaints.</param>
public sealed record Animation(Tensor Frames, Tensor Codes, Tensor Flow, Tensor Mask) : IDisposable
{
    /// <summary>Rate at which it is shown and saved.</summary>
    /// <value>25</value>
    public double FramesPerSecond { get; init; } = 25;

    /// <summary>The video file whose motion this is, if it is one: its sound is kept. Null leaves sound out.</summary>
    public string? Sound { get; init; }

    /// <summary>What looks wrong with the frames it was made of, such as numbers in [0, 1] in place of [-1, 1], and what to do; mostly empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>As bytes: the last line of a notebook's cell shows it.</summary>
    /// <param name="framesPerSecond">Another rate than <see cref="FramesPerSecond"/>.</param>
    public Video ToVideo(double? framesPerSecond = null) => FrameTensors.ToVideo(Frames, framesPerSecond ?? FramesPerSecond);

    /// <summary>
    /// Saves the frames as a video, with <see cref="Sound"/> where the format has a place for it; as a picture or numbered pictures; as
    /// .safetensors exactly, with <c>codes</c>, <c>flow</c> and <c>mask</c>.
    /// </summary>
    /// <param name="path">See <see cref="FrameSink.Save"/>.</param>
    /// <exception cref="LeoException">Unknown extension, or the file cannot be written.</exception>
    public void Save(string path) =>
        FrameSink.Save(path, Frames, FramesPerSecond, new Dictionary<string, Tensor> { ["codes"] = Codes, ["flow"] = Flow, ["mask"] = Mask }, Sound);

    internal Animation MoveToOuterDisposeScope()
    {
        Frames.MoveToOuterDisposeScope();
        Codes.MoveToOuterDisposeScope();
        Flow.MoveToOuterDisposeScope();
        Mask.MoveToOuterDisposeScope();
        return this;
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Frames.Dispose();
        Codes.Dispose();
        Flow.Dispose();
        Mask.Dispose();
    }
}
