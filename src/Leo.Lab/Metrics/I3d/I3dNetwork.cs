#pragma warning disable IDE1006 // fields are state-dict keys
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.I3d;

/// <summary>
/// I3D, inflated Inception-v1 (Carreira &amp; Zisserman 2017), in the layout of <c>pytorch-i3d</c>: what FVD and KVD look at videos with.
/// </summary>
public sealed class I3dNetwork : nn.Module<Tensor, Tensor>
{
    /// <summary>Side of its frames.</summary>
    public const int Size = 224;

    /// <summary>Fewer frames do not fill the last pooling.</summary>
    public const int LeastFrames = 9;

    private const string LastLayer = "logits.conv3d.weight", Unused = "num_batches_tracked";

    internal I3dUnit Conv3d_1a_7x7, Conv3d_2b_1x1, Conv3d_2c_3x3, logits;
    internal I3dInception Mixed_3b, Mixed_3c, Mixed_4b, Mixed_4c, Mixed_4d, Mixed_4e, Mixed_4f, Mixed_5b, Mixed_5c;

    /// <summary>Makes the network; its weights are to be loaded.</summary>
    /// <param name="variant">Whose normalisation.</param>
    /// <param name="classes">Numbers that come out. <value>Default 400, the classes of Kinetics.</value></param>
    public I3dNetwork(I3dVariant variant = I3dVariant.Fvd, int classes = 400) : base(nameof(I3dNetwork))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        double e = variant == I3dVariant.Fvd ? 1e-5 : 1e-3;
        Conv3d_1a_7x7 = new I3dUnit(3, 64, 7, 2, e);
        Conv3d_2b_1x1 = new I3dUnit(64, 64, 1, 1, e);
        Conv3d_2c_3x3 = new I3dUnit(64, 192, 3, 1, e);
        Mixed_3b = new I3dInception(192, [64, 96, 128, 16, 32, 32], e);
        Mixed_3c = new I3dInception(256, [128, 128, 192, 32, 96, 64], e);
        Mixed_4b = new I3dInception(480, [192, 96, 208, 16, 48, 64], e);
        Mixed_4c = new I3dInception(512, [160, 112, 224, 24, 64, 64], e);
        Mixed_4d = new I3dInception(512, [128, 128, 256, 24, 64, 64], e);
        Mixed_4e = new I3dInception(512, [112, 144, 288, 32, 64, 64], e);
        Mixed_4f = new I3dInception(528, [256, 160, 320, 32, 128, 128], e);
        Mixed_5b = new I3dInception(832, [256, 160, 320, 32, 128, 128], e);
        Mixed_5c = new I3dInception(832, [384, 192, 384, 48, 128, 128], e);
        logits = new I3dUnit(1024, classes, 1, 1, null);
        RegisterComponents();
        foreach (var parameter in parameters()) parameter.requires_grad = false;
        eval();
    }

    /// <summary>Loads <c>i3d_pretrained_400.pt</c>, <c>rgb_imagenet.pt</c> or any file with these names.</summary>
    /// <param name="path">A file of any format of tensors; classes are read from the last layer's shape.</param>
    /// <param name="variant">Whose normalisation; the file does not say.</param>
    /// <exception cref="CheckpointException">The file is missing or damaged, or a tensor is missing, too many or of another shape.</exception>
    public static I3dNetwork Load(string path, I3dVariant variant)
    {
        using var checkpoint = Checkpoint.Open(path);
        var shapes = CheckpointLoader.WeightShapes(checkpoint, LastLayer);
        if (!shapes.TryGetValue(LastLayer, out var last) || last.Count != 5 || last[0] is < 1 or > 100_000)
            throw new CheckpointException(path, $"expected I3D's last layer [classes, 1024, 1, 1, 1], found {(last is null ? $"none; there are {TensorNames.Some(shapes.Keys)}" : Shapes.Text(last))}", "Give i3d_pretrained_400.pt or rgb_imagenet.pt", LastLayer);
        var network = new I3dNetwork(variant, (int)last[0]);
        try
        {
            // Files from before PyTorch 0.4 have no counters, and nothing needs them.
            var targets = network.state_dict().Where(t => !t.Key.EndsWith(Unused, StringComparison.Ordinal)).ToDictionary(t => t.Key, t => t.Value);
            if (shapes.Keys.FirstOrDefault(n => !targets.ContainsKey(n) && !n.EndsWith(Unused, StringComparison.Ordinal)) is { } unknown)
                throw new CheckpointException(path, "expected no tensor of this name in I3D, found one", "Give i3d_pretrained_400.pt or rgb_imagenet.pt", unknown);
            CheckpointLoader.Load(checkpoint.File, CheckpointLoader.Prefix(checkpoint, LastLayer), targets);
            network.Fold();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Takes all normalisations into the convolutions. From then on, changes of the weights have no effect.</summary>
    public void Fold()
    {
        foreach (var unit in modules().OfType<I3dUnit>())
            unit.Fold();
    }

    /// <summary>The logits, averaged over time.</summary>
    /// <param name="input">[B, 3, T, 224, 224] in [-1, 1], T ≥ 9; sides from 193 to 224 all lead to one place.</param>
    /// <returns>[B, classes].</returns>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public override Tensor forward(Tensor input)
    {
        long[] shape = input.shape;
        if (shape.Length != 5 || shape[1] != 3 || shape[2] < LeastFrames || shape[3] is <= Size - 32 or > Size || shape[4] is <= Size - 32 or > Size)
            throw new ArgumentException($"I3D takes [B, 3, T, {Size}, {Size}] with at least {LeastFrames} frames, not [{string.Join(", ", shape)}].", nameof(input));
        using var scope = NewDisposeScope();
        var x = Conv3d_1a_7x7.forward(input);                          // [B, 64, T/2, 112, 112]
        x = Then(x, y => MaxPooling.Same(y, [1, 3, 3], [1, 2, 2]));
        x = Then(Then(x, Conv3d_2b_1x1.forward), Conv3d_2c_3x3.forward); // [B, 192, T/2, 56, 56]
        x = Then(x, y => MaxPooling.Same(y, [1, 3, 3], [1, 2, 2]));
        x = Then(Then(x, Mixed_3b.forward), Mixed_3c.forward);         // [B, 480, T/2, 28, 28]
        x = Then(x, y => MaxPooling.Same(y, [3, 3, 3], [2, 2, 2]));
        foreach (var block in (I3dInception[])[Mixed_4b, Mixed_4c, Mixed_4d, Mixed_4e, Mixed_4f])
            x = Then(x, block.forward);                                // [B, 832, T/4, 14, 14]
        x = Then(x, y => MaxPooling.Same(y, [2, 2, 2], [2, 2, 2]));
        x = Then(Then(x, Mixed_5b.forward), Mixed_5c.forward);         // [B, 1024, T/8, 7, 7]
        x = nn.functional.avg_pool3d(x, [2, 7, 7], [1, 1, 1]);         // [B, 1024, T/8 − 1, 1, 1]
        return logits.forward(x).squeeze(4).squeeze(3).mean([2L]).MoveToOuterDisposeScope();
    }

    // What went into a layer is not needed again: the first layers hold hundreds of megabytes of a clip of 128 frames.
    private static Tensor Then(Tensor x, Func<Tensor, Tensor> layer)
    {
        using (x)
            return layer(x);
    }
}

/// <summary>Two programs with one layout of weights, which differ in what they add to the variance when they normalise.</summary>
public enum I3dVariant
{
    /// <summary>The FVD code of VideoGPT, DIGAN and TATS (<c>i3d_pretrained_400.pt</c>): 1e-5.</summary>
    Fvd,

    /// <summary>The program <c>pytorch-i3d</c> itself (<c>rgb_imagenet.pt</c>): 1e-3.</summary>
    PyTorchI3d,
}

/// <summary>Four branches side by side – 1×1×1, two with a 3×3×3 behind it, and one behind a pooling: <c>InceptionModule</c>.</summary>
internal sealed class I3dInception : nn.Module<Tensor, Tensor>
{
    internal I3dUnit b0, b1a, b1b, b2a, b2b, b3b;

    /// <summary>Makes the block.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="widths">Channels of b0, b1a, b1b, b2a, b2b and b3b.</param>
    /// <param name="epsilon">Of the normalisations.</param>
    internal I3dInception(int inputs, int[] widths, double epsilon) : base(nameof(I3dInception))
    {
        b0 = new I3dUnit(inputs, widths[0], 1, 1, epsilon);
        b1a = new I3dUnit(inputs, widths[1], 1, 1, epsilon);
        b1b = new I3dUnit(widths[1], widths[2], 3, 1, epsilon);
        b2a = new I3dUnit(inputs, widths[3], 1, 1, epsilon);
        b2b = new I3dUnit(widths[3], widths[4], 3, 1, epsilon);
        b3b = new I3dUnit(inputs, widths[5], 1, 1, epsilon);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var pooled = MaxPooling.Same(input, [3, 3, 3], [1, 1, 1]);
        return cat([b0.forward(input), b1b.forward(b1a.forward(input)), b2b.forward(b2a.forward(input)), b3b.forward(pooled)], 1).MoveToOuterDisposeScope();
    }
}

/// <summary>I3D's logits of a clip.</summary>
public sealed class I3dExtractor : IVideoExtractor
{
    private readonly I3dNetwork network;

    private I3dExtractor(I3dNetwork network, string name, string weights) => (this.network, Name, Weights) = (network, name, weights);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Weights { get; }

    /// <inheritdoc/>
    public int LeastFrames => I3dNetwork.LeastFrames;

    /// <summary>Loads weights in the layout of <c>pytorch-i3d</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="variant">Whose normalisation.</param>
    /// <exception cref="Checkpoints.CheckpointException">The file is missing, damaged or something else.</exception>
    public static I3dExtractor Load(string path, I3dVariant variant) =>
        new(I3dNetwork.Load(path, variant), variant == I3dVariant.Fvd ? "i3d" : "pytorch-i3d", WeightsHash.Of(path));

    /// <inheritdoc/>
    public void MoveTo(Device device)
    {
        ComputeDevice.Move(network, device);
        network.Fold();
    }

    /// <inheritdoc/>
    public Tensor Features(Tensor frames, ClipResize resize)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return network.forward(ClipPreparation.Run(frames.to(network.parameters().First().device), resize, I3dNetwork.Size)).cpu().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();
}
