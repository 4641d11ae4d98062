using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Perceptual;

/// <summary>Finds perceptual features by name or file.</summary>
public static class PerceptualFeatures
{
    /// <summary>Means no perceptual features.</summary>
    public const string None = "none";

    /// <summary>Means the features that come with the project.</summary>
    public const string Puppets = "puppets";

    /// <summary>File of the features that come with the project, in its folder <c>checkpoints</c>.</summary>
    public const string ShippedFile = "perceptual-puppets.safetensors";

    /// <summary>Loads frozen features.</summary>
    /// <param name="what"><c>puppets</c>, a checkpoint or run of <c>leo train perceptual</c>, or a file with VGG-19's weights under
    /// torchvision's names.</param>
    /// <exception cref="CheckpointException">There is no such file, or it holds something else.</exception>
    public static IPerceptualFeatures Load(string what)
    {
        using var checkpoint = Checkpoint.Open(what == Puppets ? ShippedCheckpoint.Find(ShippedFile, "make one by `leo train perceptual` and give its path") : what);
        if (checkpoint.Kind == PuppetFeatures.Kind) return PuppetFeatures.Load(checkpoint);
        if (checkpoint.Kind is null) return Vgg19Features.Load(checkpoint);
        throw new CheckpointException(checkpoint.Path, $"expected perceptual features, found a checkpoint of kind '{checkpoint.Kind}'",
            "Give a file of VGG-19 or a run of `leo train perceptual`");
    }
}

/// <summary>
/// A frozen network whose inner activations say how pictures look: two pictures are near to each other where their
/// features are (Johnson et al. 2016; Zhang et al. 2018).
/// </summary>
public interface IPerceptualFeatures : IDisposable
{
    /// <summary>What every number made with these features is labelled with: <c>vgg19</c>, <c>puppets</c> …</summary>
    string Name { get; }

    /// <summary>Side in pixels of the smallest picture that all layers can see.</summary>
    int LeastSize { get; }

    /// <summary>Moves the weights.</summary>
    /// <param name="device">Where to.</param>
    void MoveTo(Device device);

    /// <summary>Activations of each layer, first to last, differentiable in the images.</summary>
    /// <param name="images">[B, 3, H, W] in [-1, 1], sides at least <see cref="LeastSize"/>.</param>
    /// <param name="precision">Of the convolutions.</param>
    /// <returns>Each [B, C, h, w] in float32, owned by the current dispose scope.</returns>
    /// <exception cref="ArgumentException">The images have another shape or are too small.</exception>
    IReadOnlyList<Tensor> Features(Tensor images, Precision precision = Precision.Float32);
}
