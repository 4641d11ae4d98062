namespace Leo.Lab.Metrics.I3d;

/// <summary>Two programs with one layout of weights, which differ in what they add to the variance when they normalise.</summary>
public enum I3dVariant
{
    /// <summary>The FVD code of VideoGPT, DIGAN and TATS (<c>i3d_pretrained_400.pt</c>): 1e-5.</summary>
    Fvd,

    /// <summary>The program <c>pytorch-i3d</c> itself (<c>rgb_imagenet.pt</c>): 1e-3.</summary>
    PyTorchI3d,
}
