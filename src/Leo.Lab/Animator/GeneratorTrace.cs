using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>A source image animated by motion codes, with all that the generator does on the way (LEO §3.1).</summary>
/// <param name="Frames">[T, 3, S, S], nominally in [-1, 1], not clamped.</param>
/// <param name="Codes">The codes fed to the generator, [T, 20]; [0, 20] where none was.</param>
/// <param name="Scales">Coarsest (8 pixels) first, finest (S) last; the finest alone where the others were not kept.</param>
public sealed record GeneratorTrace(Tensor Frames, Tensor Codes, IReadOnlyList<InsideScale> Scales) : IDisposable
{
    /// <summary>The finest scale.</summary>
    public InsideScale Finest => Scales[^1];

    /// <summary>Animates and keeps what passes by: <see cref="AnimationPipeline.Inside"/> in one call.</summary>
    /// <param name="animator">In evaluation mode.</param>
    /// <param name="source">[1, 3, S, S] in [-1, 1].</param>
    /// <param name="codes">α [T, 20]; null makes one frame of the appearance alone, without motion.</param>
    /// <param name="keepScales">Whether the coarser scales are kept, too, which take a third more memory. <value>Default true.</value></param>
    /// <exception cref="ArgumentException">The source is not one image of the model's size, or the codes have another length.</exception>
    public static GeneratorTrace Of(ImageAnimator animator, Tensor source, Tensor? codes, bool keepScales = true) =>
        new AnimationPipeline(animator).Inside(source, codes, keepScales);

    /// <summary>Tensors by name for .safetensors: <c>codes</c>, <c>flow</c>, <c>mask</c>, <c>warped</c> at the finest scale, and <c>flow.8</c> … at each.</summary>
    public IReadOnlyDictionary<string, Tensor> ToTensors()
    {
        var tensors = new Dictionary<string, Tensor> { ["codes"] = Codes, ["flow"] = Finest.Flow, ["mask"] = Finest.Mask, ["warped"] = Finest.Warped };
        foreach (var scale in Scales.SkipLast(1))
        {
            tensors[$"flow.{scale.Size}"] = scale.Flow;
            tensors[$"mask.{scale.Size}"] = scale.Mask;
            tensors[$"warped.{scale.Size}"] = scale.Warped;
        }
        return tensors;
    }

    internal GeneratorTrace MoveToOuterDisposeScope()
    {
        Frames.MoveToOuterDisposeScope();
        Codes.MoveToOuterDisposeScope();
        foreach (var scale in Scales) scale.MoveToOuterDisposeScope();
        return this;
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Frames.Dispose();
        Codes.Dispose();
        foreach (var scale in Scales) scale.Dispose();
    }
}
