#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using Leo.Lab.Animator.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>
/// G of LEO §3.1: from the code w it predicts at each scale a flow and a mask, warps the source's features,
/// inpaints, and sums an image pyramid. The official code calls it Synthesis.
/// </summary>
public sealed class FlowGenerator : nn.Module
{
    internal MotionDictionary direction;
    internal ConstantInput input;
    internal StyledConv conv1;
    internal ToRgb to_rgb1;
    internal ModuleList<StyledConv> convs;
    internal ModuleList<ToRgb> to_rgbs;
    internal ModuleList<ToFlow> to_flows;

    /// <summary>Makes the generator.</summary>
    /// <param name="settings">Shape of the animator.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    public FlowGenerator(AnimatorSettings settings, Generator? generator = null) : base(nameof(FlowGenerator))
    {
        var (style, channels) = (settings.StyleDim, settings.ChannelsAt(4));
        direction = new MotionDictionary(settings, generator);
        input = new ConstantInput(channels, generator);
        conv1 = new StyledConv(channels, channels, style, generator: generator);
        to_rgb1 = new ToRgb(channels, upsample: false, generator);        // never called; official checkpoints carry it
        convs = [];
        to_rgbs = [];
        to_flows = [];
        for (int size = 8; size <= settings.Size; size *= 2)
        {
            int outputs = settings.ChannelsAt(size);
            convs.Add(new StyledConv(channels, outputs, style, upsample: true, generator));
            convs.Add(new StyledConv(outputs, outputs, style, generator: generator));
            to_rgbs.Add(new ToRgb(outputs, generator: generator));
            to_flows.Add(new ToFlow(outputs, style, generator));
            channels = outputs;
        }
        RegisterComponents();
    }

    /// <summary>The animated frames for the codes <paramref name="latent"/> [B, style] and a source's maps.</summary>
    /// <param name="latent">w, one a frame.</param>
    /// <param name="maps">[B, C, H, W] each, coarsest first.</param>
    /// <param name="precision">Of the styled convolutions; flows, warps, masks and images are float32.</param>
    public AnimatedFrames forward(Tensor latent, IReadOnlyList<Tensor> maps, Precision precision = Precision.Float32)
    {
        using var scope = NewDisposeScope();
        var flows = new Tensor[maps.Count];
        var x = conv1.forward(Activations.Enter(input.forward(latent.shape[0]), precision), latent);
        Tensor? image = null;
        for (int i = 0; i < maps.Count; i++)
        {
            // At 256 pixels one map of a few frames takes as much memory as all weights: each goes as soon as the next stands.
            using var features = x!;
            using var coarser = image;
            (x, image, flows[i]) = Scale(i, features, coarser, latent, maps[i], i == 0 ? null : flows[i - 1], i == maps.Count - 1 ? null : precision);
        }
        foreach (var flow in flows) flow.MoveToOuterDisposeScope();
        return new AnimatedFrames(image!.MoveToOuterDisposeScope(), flows);
    }

    // The precision is that of the next scale, and null at the finest, from which nothing goes on.
    private (Tensor? Next, Tensor Image, Tensor Flow) Scale(int i, Tensor x, Tensor? image, Tensor latent, Tensor map, Tensor? coarserFlow, Precision? next)
    {
        using var scope = NewDisposeScope();
        Tensor features;
        using (var hidden = convs[2 * i].forward(x, latent)) features = convs[2 * i + 1].forward(hidden, latent);
        var (warped, inpainted, flow) = to_flows[i].forward(features, latent, map, coarserFlow, next is not null);
        features.Dispose();
        return (inpainted is null ? null : Activations.Enter(inpainted, next!.Value).MoveToOuterDisposeScope(), to_rgbs[i].forward(warped, image).MoveToOuterDisposeScope(), flow.MoveToOuterDisposeScope());
    }
}
