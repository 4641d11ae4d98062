#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using Leo.Lab.Animator.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>E of LEO §3.1: appearance features from an image, and the motion code α from its appearance code.</summary>
public sealed class Encoder : nn.Module
{
    internal AppearanceNetwork net_app;
    internal ModuleList<EqualLinear> fc;

    /// <summary>Makes the encoder.</summary>
    /// <param name="settings">Shape of the animator.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    public Encoder(AnimatorSettings settings, Generator? generator = null) : base(nameof(Encoder))
    {
        net_app = new AppearanceNetwork(settings, generator);
        fc = [];
        for (int i = 0; i < 4; i++) fc.Add(new EqualLinear(settings.StyleDim, settings.StyleDim, generator: generator));
        fc.Add(new EqualLinear(settings.StyleDim, settings.MotionDim, generator: generator));
        RegisterComponents();
    }

    /// <summary>Images [B, 3, S, S] → appearance.</summary>
    /// <param name="images">In [-1, 1].</param>
    /// <param name="precision">Of the convolutions.</param>
    public AppearanceFeatures Appearance(Tensor images, Precision precision = Precision.Float32) => net_app.forward(images, precision);

    /// <summary>Appearance code [B, style] → motion code α [B, 20].</summary>
    public Tensor Motion(Tensor style)
    {
        using var scope = NewDisposeScope();
        var x = style;
        foreach (var linear in fc) x = linear.forward(x);                 // no activation between, as in the official code
        return x.MoveToOuterDisposeScope();
    }
}
