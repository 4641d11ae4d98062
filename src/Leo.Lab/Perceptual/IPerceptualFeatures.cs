using static TorchSharp.torch;

namespace Leo.Lab.Perceptual;

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

    /// <summary>Activations of each layer, first to last, differentiable in the images.</summary>
    /// <param name="images">[B, 3, H, W] in [-1, 1], sides at least <see cref="LeastSize"/>.</param>
    /// <returns>Each [B, C, h, w], owned by the current dispose scope.</returns>
    /// <exception cref="ArgumentException">The images have another shape or are too small.</exception>
    IReadOnlyList<Tensor> Features(Tensor images);
}
