using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>A source image animated by motion codes, with all that the generator does on the way (LEO §3.1).</summary>
/// <param name="Frames">[T, 3, S, S], nominally in [-1, 1], not clamped.</param>
/// <param name="Codes">The codes fed to the generator, [T, 20]; [0, 20] where none was.</param>
/// <param name="Scales">Coarsest (8 pixels) first, finest (S) last; the finest alone where the others were not kept.</param>
public sealed record AnimationInside(Tensor Frames, Tensor Codes, IReadOnlyList<InsideScale> Scales) : IDisposable
{
    // As many frames in a pass as AnimationPipeline takes, for the same reasons.
    private static int Chunk(int size) => Math.Clamp((1 << 16) / (size * size), 1, 16);

    /// <summary>The finest scale.</summary>
    public InsideScale Finest => Scales[^1];

    /// <summary>Animates and keeps what passes by. The frames equal those of <see cref="AnimationPipeline.AnimateCodes"/>.</summary>
    /// <param name="animator">In evaluation mode.</param>
    /// <param name="source">[1, 3, S, S] in [-1, 1].</param>
    /// <param name="codes">α [T, 20]; null makes one frame of the appearance alone, without motion.</param>
    /// <param name="keepScales">Whether the coarser scales are kept, too, which take a third more memory. <value>Default true.</value></param>
    /// <exception cref="ArgumentException">The source is not one image of the model's size, or the codes have another length.</exception>
    public static AnimationInside Of(ImageAnimator animator, Tensor source, Tensor? codes, bool keepScales = true)
    {
        if (source.dim() != 4 || source.shape[0] != 1)
            throw new ArgumentException($"source has shape [{string.Join(", ", source.shape)}], expected one image");
        if (codes is not null && (codes.dim() != 2 || codes.shape[0] < 1))
            throw new ArgumentException($"motion codes have shape [{string.Join(", ", codes.shape)}], expected [T, {animator.Settings.MotionDim}]");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var appearance = animator.EncodeSource(source);
        var directions = animator.Directions();
        List<Tensor> images = [];
        int skipped = keepScales ? 0 : appearance.Maps.Count - 1;
        List<Tensor>[] raw = [.. appearance.Maps.Skip(skipped).Select(_ => new List<Tensor>())];
        long total = codes?.shape[0] ?? 1;
        int chunk = Chunk(animator.Settings.Size);
        for (long start = 0; start < total; start += chunk)
        {
            using var inner = NewDisposeScope();
            var made = animator.Generate(appearance, codes?.narrow(0, start, Math.Min(chunk, total - start)), directions);
            images.Add(made.Image.MoveToOuterDisposeScope());
            for (int i = 0; i < raw.Length; i++) raw[i].Add(made.Flows[skipped + i].MoveToOuterDisposeScope());
        }
        return new AnimationInside(cat(images, 0).MoveToOuterDisposeScope(), (codes?.alias() ?? empty(0, animator.Settings.MotionDim)).MoveToOuterDisposeScope(),
            [.. raw.Select(flows => Scale(source, cat(flows, 0)))]);
    }

    // Flow and mask as they leave the layer, [T, 3, s, s], before tanh and sigmoid.
    private static InsideScale Scale(Tensor source, Tensor raw)
    {
        long size = raw.shape[3], factor = source.shape[3] / size;
        var flow = raw.narrow(1, 0, 2).tanh();
        var small = factor > 1 ? nn.functional.avg_pool2d(source, factor) : source;
        var warped = Warp.Apply(small.expand(flow.shape[0], -1, -1, -1), flow);
        return new InsideScale((int)size, flow.MoveToOuterDisposeScope(), raw.narrow(1, 2, 1).sigmoid().MoveToOuterDisposeScope(), warped.MoveToOuterDisposeScope());
    }

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

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Frames.Dispose();
        Codes.Dispose();
        foreach (var scale in Scales) scale.Dispose();
    }
}
