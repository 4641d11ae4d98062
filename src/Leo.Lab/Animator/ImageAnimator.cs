#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using Leo.Lab.Animator.Layers;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>
/// The latent image animator (LEO §3.1; LIA): x_s's appearance, moved by x_d's motion code. Parameter names and
/// numerics are those of the official implementation.
/// </summary>
public sealed partial class ImageAnimator : nn.Module<Tensor, Tensor, Tensor>
{
    internal Encoder enc;
    internal FlowGenerator dec;

    /// <summary>Makes an animator.</summary>
    /// <param name="settings">Its shape.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    /// <exception cref="SettingsException">The settings are not valid.</exception>
    public ImageAnimator(AnimatorSettings settings, Generator? generator = null) : base(nameof(ImageAnimator))
    {
        settings.Validate();
        Settings = settings;
        enc = new Encoder(settings, generator);
        dec = new FlowGenerator(settings, generator);
        RegisterComponents();
    }

    /// <summary>The shape.</summary>
    public AnimatorSettings Settings { get; }

    /// <summary>Where the weights are. Images and codes are taken from any device; what is returned is here.</summary>
    public Device Device => dec.direction.weight.device;

    /// <summary>In which numbers it convolves. Codes, flows, warps, masks and images are float32 in each, and so are weights and checkpoints, which do not record it.</summary>
    /// <value>Float32</value>
    public Precision Precision { get; set; }

    /// <summary>x_s, x_d [B, 3, S, S] in [-1, 1] → x̂_d [B, 3, S, S].</summary>
    /// <exception cref="ArgumentException">The images are not of the model's size, or their numbers differ.</exception>
    public override Tensor forward(Tensor source, Tensor driving)
    {
        using var scope = NewDisposeScope();
        return Reconstruct(source, driving).Image.MoveToOuterDisposeScope();
    }

    /// <summary>As <see cref="forward"/>, with the flows. Both images go through the encoder in one batch.</summary>
    /// <exception cref="ArgumentException">The images are not of the model's size, or their numbers differ.</exception>
    public AnimatedFrames Reconstruct(Tensor source, Tensor driving)
    {
        RequireImages(source, Settings.Size, nameof(source));
        RequireImages(driving, Settings.Size, nameof(driving));
        long batch = source.shape[0];
        if (driving.shape[0] != batch)
            throw new ArgumentException($"{batch} source and {driving.shape[0]} driving images, expected as many of each");

        using var scope = NewDisposeScope();
        var both = enc.Appearance(cat([source.to(Device), driving.to(Device)], 0), Precision);
        var frames = Generate(both.Take(batch), enc.Motion(both.Style.narrow(0, batch, batch)));
        return MoveToOuter(frames);
    }

    /// <summary>Source images [B, 3, S, S] in [-1, 1] → their appearance.</summary>
    /// <exception cref="ArgumentException">The images are not of the model's size.</exception>
    public AppearanceFeatures EncodeSource(Tensor images)
    {
        RequireImages(images, Settings.Size, nameof(images));
        return enc.Appearance(images.to(Device), Precision);
    }

    /// <summary>Images [B, 3, S, S] in [-1, 1] → motion codes α [B, 20].</summary>
    /// <exception cref="ArgumentException">The images are not of the model's size.</exception>
    public Tensor MotionCode(Tensor images)
    {
        using var scope = NewDisposeScope();
        return enc.Motion(EncodeSource(images).Style).MoveToOuterDisposeScope();
    }

    /// <summary>The source's own motion code, [B, 20], from its appearance.</summary>
    public Tensor MotionCode(AppearanceFeatures appearance) => enc.Motion(appearance.Style);

    /// <summary>The orthonormal motion directions, Q [style, 20].</summary>
    public Tensor Directions() => dec.direction.Directions();

    /// <summary>w = w_s + Σ αᵢ dᵢ [B, style]; w_s alone when <paramref name="alpha"/> is null.</summary>
    /// <param name="appearance">One source, or one for each code.</param>
    /// <param name="alpha">Motion codes [B, 20]; null for no motion.</param>
    /// <param name="directions">Q when computed before; null to compute it.</param>
    /// <exception cref="ArgumentException">The codes have another length, or numbers do not match.</exception>
    public Tensor Latent(AppearanceFeatures appearance, Tensor? alpha, Tensor? directions = null)
    {
        if (alpha is null) return appearance.Style.alias();
        if (alpha.dim() != 2 || alpha.shape[1] != Settings.MotionDim)
            throw new ArgumentException($"motion codes have shape [{string.Join(", ", alpha.shape)}], expected [B, {Settings.MotionDim}]");
        using var scope = NewDisposeScope();
        var style = appearance.Expand(alpha.shape[0]).Style;
        return (style + MotionDictionary.Combine(alpha.to(Device), directions ?? Directions())).MoveToOuterDisposeScope();
    }

    /// <summary>Frames of the source moved by absolute codes (LEO §3.1).</summary>
    /// <param name="appearance">One source, or one for each code.</param>
    /// <param name="alpha">Motion codes [B, 20]; null reproduces w_s without motion.</param>
    /// <param name="directions">Q when computed before; null to compute it.</param>
    /// <exception cref="ArgumentException">The codes have another length, or numbers do not match.</exception>
    public AnimatedFrames Generate(AppearanceFeatures appearance, Tensor? alpha, Tensor? directions = null)
    {
        using var scope = NewDisposeScope();
        var latent = Latent(appearance, alpha, directions);
        return MoveToOuter(dec.forward(latent, appearance.Expand(latent.shape[0]).Maps, Precision));
    }

    /// <summary>
    /// α_rel = α_s + (α − α_start): the driving video's motion since its first frame, on top of the source's own
    /// (LIA §4.3).
    /// </summary>
    /// <param name="appearance">The source.</param>
    /// <param name="alpha">The driving video's codes, [B, 20].</param>
    /// <param name="alphaStart">The code of its first frame, [1, 20] or [B, 20].</param>
    /// <returns>Absolute codes for this source, [B, 20].</returns>
    public Tensor Relative(AppearanceFeatures appearance, Tensor alpha, Tensor alphaStart)
    {
        using var scope = NewDisposeScope();
        return (MotionCode(appearance) + (alpha - alphaStart).to(Device)).MoveToOuterDisposeScope();
    }

    /// <summary>Keeps what a precision makes of the weights from one pass to the next, until disposed; no weight may change in the meantime.</summary>
    internal IDisposable KeepWeights() => new KeptWeights(this);

    /// <summary>Scales the weights that predict flow and mask at every scale: a small factor starts training near the identity.</summary>
    internal void ScaleFlow(double factor)
    {
        using var noGrad = no_grad();
        foreach (var layer in dec.to_flows) layer.conv.weight.mul_(factor);
    }

    internal static void RequireImages(Tensor images, int size, string what)
    {
        long[] shape = images.shape;
        if (shape.Length != 4 || shape[0] < 1 || shape[1] != 3 || shape[2] != size || shape[3] != size)
            throw new ArgumentException($"{what} has shape [{string.Join(", ", shape)}], expected [B, 3, {size}, {size}]");
    }

    private static AnimatedFrames MoveToOuter(AnimatedFrames frames)
    {
        frames.Image.MoveToOuterDisposeScope();
        foreach (var flow in frames.Flows) flow.MoveToOuterDisposeScope();
        return frames;
    }
}
