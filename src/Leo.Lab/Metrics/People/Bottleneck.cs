#pragma warning disable IDE1006 // fields are state-dict keys
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.People;

/// <summary>ResNet's block of three convolutions and a shortcut (He et al. 2016), in torchvision's layout.</summary>
internal sealed class Bottleneck : nn.Module<Tensor, Tensor>
{
    private const int Expansion = 4;

    internal Conv2d conv1, conv2, conv3;
    internal BatchNorm2d bn1, bn2, bn3;
    internal ModuleList<nn.Module<Tensor, Tensor>>? downsample;

    /// <summary>Makes the block.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="width">Channels of the middle; four times as many come out.</param>
    /// <param name="stride">Of the middle convolution.</param>
    internal Bottleneck(int inputs, int width, int stride) : base(nameof(Bottleneck))
    {
        conv1 = nn.Conv2d(inputs, width, 1, bias: false);
        bn1 = nn.BatchNorm2d(width);
        conv2 = nn.Conv2d(width, width, 3, stride, 1, bias: false);
        bn2 = nn.BatchNorm2d(width);
        conv3 = nn.Conv2d(width, width * Expansion, 1, bias: false);
        bn3 = nn.BatchNorm2d(width * Expansion);
        if (stride != 1 || inputs != width * Expansion)
            downsample = nn.ModuleList<nn.Module<Tensor, Tensor>>(nn.Conv2d(inputs, width * Expansion, 1, stride, bias: false), nn.BatchNorm2d(width * Expansion));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = bn1.forward(conv1.forward(input)).relu_();
        x = bn2.forward(conv2.forward(x)).relu_();
        x = bn3.forward(conv3.forward(x));
        var shortcut = downsample is null ? input : downsample[1].forward(downsample[0].forward(input));
        return x.add_(shortcut).relu_().MoveToOuterDisposeScope();
    }
}
