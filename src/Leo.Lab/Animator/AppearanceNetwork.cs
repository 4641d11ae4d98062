#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using Leo.Lab.Animator.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>The encoder's trunk: feature maps at every scale and the appearance code (LIA §3.1).</summary>
public sealed class AppearanceNetwork : nn.Module
{
    internal ModuleList<nn.Module<Tensor, Tensor>> convs;

    /// <summary>Makes the network.</summary>
    /// <param name="settings">Shape of the animator.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    public AppearanceNetwork(AnimatorSettings settings, Generator? generator = null) : base(nameof(AppearanceNetwork))
    {
        convs = [new ConvLayer(3, settings.ChannelsAt(settings.Size), 1, generator: generator)];
        for (int size = settings.Size; size > 4; size /= 2)
            convs.Add(new ResBlock(settings.ChannelsAt(size), settings.ChannelsAt(size / 2), generator));
        convs.Add(new EqualConv2d(settings.ChannelsAt(4), settings.StyleDim, 4, generator: generator));
        RegisterComponents();
    }

    /// <summary>Images [B, 3, S, S] → the code [B, style] and the maps at 8, 16, …, S pixels.</summary>
    /// <param name="images">In [-1, 1].</param>
    /// <param name="precision">Of the convolutions but the last, which gives the code; what comes out is float32.</param>
    public AppearanceFeatures forward(Tensor images, Precision precision = Precision.Float32)
    {
        using var scope = NewDisposeScope();
        var maps = new List<Tensor>();                                    // at S, S/2, …, 4
        var x = Activations.Enter(images, precision);
        foreach (var conv in convs.SkipLast(1)) maps.Add(x = conv.forward(x));
        var style = convs[^1].forward(Activations.Leave(x)).flatten(1).MoveToOuterDisposeScope();
        var kept = maps.SkipLast(1).Reverse().Select(map => Activations.Leave(map).MoveToOuterDisposeScope()).ToArray();
        return new AppearanceFeatures(style, kept);
    }
}
