#pragma warning disable IDE1006 // fields carry torchvision's names
using System.Globalization;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Perceptual;

/// <summary>
/// VGG-19 (Simonyan &amp; Zisserman 2015) up to relu5_1: the layers relu1_1, relu2_1, relu3_1, relu4_1 and relu5_1 that LIA
/// and the first-order model compare (LIA §3.3). Weights are torchvision's, <c>vgg19-dcbb9e9d.pth</c>.
/// </summary>
public sealed class Vgg19Features : nn.Module, IPerceptualFeatures
{
    private const int Widest = 2048;

    // Convolutions of each of the five blocks up to relu5_1; a block after the first begins with a pooling.
    private static readonly int[] Depths = [2, 2, 4, 4, 1];
    private static readonly int[] OfficialWidths = [64, 128, 256, 512, 512];

    internal Blocks features;
    private (Tensor Mean, Tensor Deviation) _colours;             // in a tuple, so that they are not registered as buffers

    /// <summary>Makes the network with zero weights, to be loaded.</summary>
    /// <param name="widths">Channels of the five blocks. <value>Default VGG-19's: 64, 128, 256, 512, 512.</value></param>
    /// <exception cref="ArgumentException">There are not five widths, or one is outside 1 to 2048.</exception>
    public Vgg19Features(IReadOnlyList<int>? widths = null) : base(nameof(Vgg19Features))
    {
        widths ??= OfficialWidths;
        if (widths.Count != Depths.Length || widths.Any(w => w is < 1 or > Widest))
            throw new ArgumentException($"expected five widths from 1 to {Widest}, found [{string.Join(", ", widths)}]", nameof(widths));
        Name = widths.SequenceEqual(OfficialWidths) ? "vgg19" : $"vgg19-{string.Join('-', widths)}";
        features = new Blocks(widths);
        RegisterComponents();
        foreach (var parameter in parameters()) parameter.requires_grad = false;

        // ImageNet's mean and deviation of colours in [0, 1], brought to [-1, 1].
        _colours = (
            tensor(new float[] { 2 * 0.485f - 1, 2 * 0.456f - 1, 2 * 0.406f - 1 }, [1, 3, 1, 1], float32),
            tensor(new float[] { 2 * 0.229f, 2 * 0.224f, 2 * 0.225f }, [1, 3, 1, 1], float32));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int LeastSize => 16;                                           // four poolings

    /// <summary>Loads torchvision's file or any other with its names; the widths are read from the shapes.</summary>
    /// <param name="checkpoint">Open, with <c>features.0.weight</c> …; layers beyond relu5_1 and the classifier are passed over.</param>
    /// <exception cref="CheckpointException">A tensor is missing or has another shape.</exception>
    public static Vgg19Features Load(Checkpoint checkpoint)
    {
        var shapes = CheckpointLoader.WeightShapes(checkpoint, "features.0.weight");
        int[] widths = [.. FirstOfBlocks().Select(index => Width($"features.{index}.weight"))];
        var network = new Vgg19Features(widths);
        try
        {
            CheckpointLoader.Load(checkpoint, network, ignore: _ => true);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }

        int Width(string name)
        {
            if (!shapes.TryGetValue(name, out var shape))
                throw new CheckpointException(checkpoint.Path, $"expected a tensor of this name, found none; there are {TensorNames.Some(shapes.Keys)}", Advice, name);
            return shape.Count == 4 && shape[0] is > 0 and <= Widest
                ? (int)shape[0]
                : throw new CheckpointException(checkpoint.Path, $"expected four dimensions, the first from 1 to {Widest}, found [{string.Join(", ", shape)}]", Advice, name);
        }
    }

    /// <inheritdoc/>
    public void MoveTo(Device device)
    {
        ComputeDevice.Move(this, device);
        var (mean, deviation) = _colours;
        _colours = (mean.to(device), deviation.to(device));
    }

    /// <inheritdoc/>
    /// <remarks>Images are clamped to [-1, 1] first, as in LIA's loss.</remarks>
    public IReadOnlyList<Tensor> Features(Tensor images, Precision precision = Precision.Float32)
    {
        ImagePyramid.RequireImages(images, LeastSize, Name);
        using var scope = NewDisposeScope();
        var x = (images.clamp(-1, 1) - _colours.Mean) / _colours.Deviation;
        return [.. features.Run(Activations.Enter(x, precision)).Select(f => Activations.Leave(f).MoveToOuterDisposeScope())];
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _colours.Mean.Dispose();
            _colours.Deviation.Dispose();
        }
        base.Dispose(disposing);
    }

    private const string Advice = "Give torchvision's vgg19-dcbb9e9d.pth, or its tensors as safetensors";

    // torchvision counts convolution, rectifier and pooling as modules of one list.
    private static IEnumerable<int> FirstOfBlocks()
    {
        int index = 0;
        foreach (int depth in Depths)
        {
            yield return index;
            index += 2 * depth + 1;
        }
    }

    /// <summary>The convolutions under torchvision's numbers.</summary>
    internal sealed class Blocks : nn.Module
    {
        private readonly List<List<ReluConv>> _blocks = [];

        internal Blocks(IReadOnlyList<int> widths) : base(nameof(Blocks))
        {
            int channels = 3;
            foreach (var (block, first) in FirstOfBlocks().Index())
            {
                _blocks.Add([]);
                for (int i = 0; i < Depths[block]; i++)
                {
                    var conv = new ReluConv(channels, channels = widths[block]);
                    _blocks[block].Add(conv);
                    register_module((first + 2 * i).ToString(CultureInfo.InvariantCulture), conv);
                }
            }
        }

        /// <summary>The first rectified map of every block.</summary>
        internal IEnumerable<Tensor> Run(Tensor x)
        {
            foreach (var (block, convs) in _blocks.Index())
            {
                if (block > 0) x = nn.functional.max_pool2d(x, 2);
                foreach (var (i, conv) in convs.Index())
                {
                    x = conv.forward(x);
                    if (i == 0) yield return x;
                }
            }
        }
    }
}
