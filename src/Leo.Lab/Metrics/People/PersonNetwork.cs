#pragma warning disable IDE1006 // fields are state-dict keys
using Leo.Lab.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.People;

/// <summary>
/// Person re-identification by ResNet-50 (Zheng et al. 2018), in the layout of <c>layumi/Person_reID_baseline_pytorch</c> (<c>ft_net</c>):
/// ResNet, then a linear layer with normalisation, whose output is the feature.
/// </summary>
internal sealed class PersonNetwork : nn.Module<Tensor, Tensor>
{
    private const string FeatureLayer = "classifier.add_block.0.weight", Unused = "num_batches_tracked";

    internal Backbone model;
    internal Head classifier;

    /// <summary>Makes the network; its weights are to be loaded.</summary>
    /// <param name="width">Numbers that come out. <value>512 in the published program.</value></param>
    /// <param name="lastStride">Of the last stage: 2, or 1 for weights trained with <c>--stride 1</c>.</param>
    public PersonNetwork(int width = 512, int lastStride = 2) : base(nameof(PersonNetwork))
    {
        model = new Backbone(lastStride);
        classifier = new Head(width);
        RegisterComponents();
        foreach (var parameter in parameters()) parameter.requires_grad = false;
        eval();
    }

    /// <summary>Loads <c>net_last.pth</c> or any file with its names; ResNet's own classes and the people trained on are passed over.</summary>
    /// <param name="path">A file of any format of tensors.</param>
    /// <param name="lastStride">Stride of the last stage; the file does not say.</param>
    /// <exception cref="CheckpointException">The file is missing or damaged, or a tensor is missing or of another shape.</exception>
    public static PersonNetwork Load(string path, int lastStride = 2)
    {
        using var file = TensorFile.Open(path);
        // ResNet's own names begin with "model.", which is no prefix here.
        string prefix = CheckpointLoader.Prefix(file, [FeatureLayer]);
        var shape = file.Contains(prefix + FeatureLayer) ? file.Shape(prefix + FeatureLayer) : null;
        if (shape is not { Count: 2 } || shape[0] is < 1 or > 65_536)
            throw new CheckpointException(path, $"expected the feature layer [512, 2048], found {(shape is null ? $"none; there are {TensorNames.Some(file.Names)}" : Shapes.Text(shape))}", "Give a ft_net of layumi/Person_reID_baseline_pytorch", FeatureLayer);
        var network = new PersonNetwork((int)shape[0], lastStride);
        try
        {
            CheckpointLoader.Load(file, prefix, network.state_dict().Where(t => !t.Key.EndsWith(Unused, StringComparison.Ordinal)).ToDictionary(t => t.Key, t => t.Value));
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The features before they are brought to length 1.</summary>
    /// <param name="input">[B, 3, H, W], normalised as ImageNet's pictures.</param>
    /// <returns>[B, width].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return classifier.forward(model.forward(input)).MoveToOuterDisposeScope();
    }

    /// <summary>ResNet-50 without its classes.</summary>
    internal sealed class Backbone : nn.Module<Tensor, Tensor>
    {
        internal Conv2d conv1;
        internal BatchNorm2d bn1;
        internal ModuleList<Bottleneck> layer1, layer2, layer3, layer4;

        internal Backbone(int lastStride) : base(nameof(Backbone))
        {
            conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias: false);
            bn1 = nn.BatchNorm2d(64);
            layer1 = Stage(64, 64, 3, 1);
            layer2 = Stage(256, 128, 4, 2);
            layer3 = Stage(512, 256, 6, 2);
            layer4 = Stage(1024, 512, 3, lastStride);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var x = nn.functional.max_pool2d(bn1.forward(conv1.forward(input)).relu_(), [3, 3], [2, 2], [1, 1]);
            foreach (var block in (IEnumerable<Bottleneck>)[.. layer1, .. layer2, .. layer3, .. layer4])
            {
                using var before = x;
                x = block.forward(before);
            }
            return x.mean([2L, 3L]).MoveToOuterDisposeScope(); // [B, 2048]
        }

        private static ModuleList<Bottleneck> Stage(int inputs, int width, int blocks, int stride) =>
            nn.ModuleList([.. Enumerable.Range(0, blocks).Select(i => new Bottleneck(i == 0 ? inputs : width * 4, width, i == 0 ? stride : 1))]);
    }

    /// <summary>The layer of features.</summary>
    internal sealed class Head : nn.Module<Tensor, Tensor>
    {
        internal ModuleList<nn.Module<Tensor, Tensor>> add_block;

        internal Head(int width) : base(nameof(Head))
        {
            add_block = nn.ModuleList<nn.Module<Tensor, Tensor>>(nn.Linear(2048, width), nn.BatchNorm1d(width));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            return add_block[1].forward(add_block[0].forward(input)).MoveToOuterDisposeScope();
        }
    }
}

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
