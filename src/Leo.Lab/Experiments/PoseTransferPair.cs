using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>One pair of a pose transfer, to look at. All frames are [T, 3, s, s] in [-1, 1]; the first is where motion starts.</summary>
/// <param name="Person">Video of the person shown.</param>
/// <param name="Driver">Video of the driver.</param>
/// <param name="Source">The person's still, [1, 3, S, S].</param>
/// <param name="Driving">The driver's frames.</param>
/// <param name="Relative">Generated: the still moved as the driver moves.</param>
/// <param name="RelativeTruth">What that truly looks like.</param>
/// <param name="Absolute">Generated: the driver's poses.</param>
/// <param name="AbsoluteTruth">What that truly looks like.</param>
public sealed record PoseTransferPair(
    int Person, int Driver, Tensor Source, Tensor Driving, Tensor Relative, Tensor RelativeTruth, Tensor Absolute, Tensor AbsoluteTruth);
