#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using Leo.Lab.Animator.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>StyleGAN2's residual discriminator with a minibatch standard deviation, as LIA trains against.</summary>
public sealed class Discriminator : nn.Module<Tensor, Tensor>
{
    private const int LargestGroup = 4;

    internal ModuleList<nn.Module<Tensor, Tensor>> convs;
    internal ConvLayer final_conv;
    internal ModuleList<EqualLinear> final_linear;
    private readonly AnimatorSettings _settings;

    /// <summary>Makes the discriminator for the animator's size and channels.</summary>
    /// <param name="settings">The animator's settings.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    /// <exception cref="SettingsException">The settings are not valid.</exception>
    public Discriminator(AnimatorSettings settings, Generator? generator = null) : base(nameof(Discriminator))
    {
        settings.Validate();
        _settings = settings;
        convs = [new ConvLayer(3, settings.ChannelsAt(settings.Size), 1, generator: generator)];
        for (int size = settings.Size; size > 4; size /= 2)
            convs.Add(new ResBlock(settings.ChannelsAt(size), settings.ChannelsAt(size / 2), generator));

        int channels = settings.ChannelsAt(4);
        final_conv = new ConvLayer(channels + 1, channels, 3, generator: generator);
        final_linear =
        [
            new EqualLinear(channels * 16, channels, activate: true, generator: generator),
            new EqualLinear(channels, 1, generator: generator),
        ];
        RegisterComponents();
    }

    /// <summary>How many images of a batch the minibatch standard deviation looks at together: the largest divisor up to 4.</summary>
    /// <param name="batch">Images of the batch.</param>
    public static int Group(int batch)
    {
        int group = Math.Min(batch, LargestGroup);
        while (batch % group != 0) group--;
        return group;
    }

    /// <summary>Images [B, 3, S, S] in [-1, 1] → logits [B, 1], high for real.</summary>
    /// <exception cref="ArgumentException">The images are not of the settings' size.</exception>
    public override Tensor forward(Tensor images) => Logits(images, Precision);

    /// <summary>In which numbers <see cref="forward"/> convolves; not part of a checkpoint.</summary>
    /// <value>Float32</value>
    public Precision Precision { get; set; }

    /// <summary>As <see cref="forward"/>, in a precision of one's own. From the standard deviation on all is float32.</summary>
    /// <exception cref="ArgumentException">The images are not of the settings' size.</exception>
    public Tensor Logits(Tensor images, Precision precision)
    {
        ImageAnimator.RequireImages(images, _settings.Size, nameof(images));
        using var scope = NewDisposeScope();
        var x = Activations.Enter(images, precision);
        foreach (var conv in convs) x = conv.forward(x);
        x = Activations.Leave(x);
        x = final_conv.forward(cat([x, MinibatchStddev(x)], 1));
        x = x.flatten(1);
        foreach (var linear in final_linear) x = linear.forward(x);
        return x.MoveToOuterDisposeScope();
    }

    /// <summary>The standard deviation over groups of samples, averaged to one channel (Karras et al. 2018, §3).</summary>
    private static Tensor MinibatchStddev(Tensor x)
    {
        var (batch, channels, height, width) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        long group = Group((int)batch);
        var deviation = x.view(group, -1, channels, height, width).var(0, unbiased: false).add(1e-8).sqrt();
        return deviation.mean([1, 2, 3], keepdim: true).repeat(group, 1, height, width);      // [B, 1, H, W]
    }
}
