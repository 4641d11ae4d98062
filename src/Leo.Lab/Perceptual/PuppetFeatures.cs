#pragma warning disable IDE1006 // fields are state-dict keys
using Leo.Lab.Checkpoints;
using Leo.Lab.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Perceptual;

/// <summary>
/// A small convolutional network that learnt to read pose and looks of drawn puppets (<see cref="PerceptualTask"/>): a
/// perceptual measure that needs no download.
/// </summary>
/// <remarks>
/// Each layer is divided by its mean activation on the training pictures, so that layers weigh alike and a distance means the
/// same after another training.
/// </remarks>
public sealed class PuppetFeatures : nn.Module, IPerceptualFeatures
{
    /// <summary>Kind of the checkpoints.</summary>
    public const string Kind = "perceptual";

    // Share that a training step has in the mean activations.
    private const double Momentum = 0.01;

    internal ModuleList<ReluConv> convs;
    internal Tensor levels;                                                // [layers], mean activation of each

    /// <summary>Makes the network.</summary>
    /// <param name="settings">Its shape.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    /// <exception cref="SettingsException">The settings are not valid.</exception>
    public PuppetFeatures(PuppetFeaturesSettings settings, Generator? generator = null) : base(nameof(PuppetFeatures))
    {
        settings.Validate();
        Settings = settings;
        convs = [];
        var channels = 3;
        foreach (var (layer, width) in settings.Channels.Index())
        {
            convs.Add(new ReluConv(channels, width, layer == 0 ? 1 : 2, generator));
            if (layer > 0) convs.Add(new ReluConv(width, width, 1, generator));
            channels = width;
        }
        levels = ones(settings.Channels.Count, dtype: float32);
        RegisterComponents();
    }

    /// <summary>The shape.</summary>
    public PuppetFeaturesSettings Settings { get; }

    /// <inheritdoc/>
    public string Name => "puppets";

    /// <inheritdoc/>
    public int LeastSize => 2 << (Settings.Channels.Count - 1);            // two pixels in the last layer

    /// <summary>Loads a network for use: frozen, in evaluation mode.</summary>
    /// <param name="checkpoint">Open, of kind <see cref="Kind"/>.</param>
    /// <exception cref="CheckpointException">A tensor is missing, too many or of another shape, or the settings are damaged.</exception>
    public static PuppetFeatures Load(Checkpoint checkpoint)
    {
        var network = new PuppetFeatures(checkpoint.Settings<PuppetFeaturesSettings>(s => s.Validate()));
        foreach (var parameter in network.parameters()) parameter.requires_grad = false;
        return CheckpointLoader.Fill(checkpoint, network, network);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Features(Tensor images)
    {
        using var scope = NewDisposeScope();
        return [.. Maps(images).Select((map, i) => (map / levels[i]).MoveToOuterDisposeScope())];
    }

    /// <summary>The layers' maps before they are put on one level; in training mode their means are noted.</summary>
    internal IReadOnlyList<Tensor> Maps(Tensor images)
    {
        ImagePyramid.RequireImages(images, LeastSize, Name);
        using var scope = NewDisposeScope();
        var maps = new List<Tensor>();
        var x = images;
        for (var i = 0; i < convs.Count; i++)
        {
            x = convs[i].forward(x);
            if (i % 2 == 0) maps.Add(x);                                   // the last convolution of each layer
        }
        if (training) Note(maps);
        return [.. maps.Select(map => map.MoveToOuterDisposeScope())];
    }

    private void Note(IReadOnlyList<Tensor> maps)
    {
        using var noGrad = no_grad();
        var means = stack([.. maps.Select(map => map.detach().mean())]);
        levels.lerp_(means, tensor((float)Momentum));
    }
}
