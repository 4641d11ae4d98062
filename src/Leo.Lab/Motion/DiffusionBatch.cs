using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Data of one training step, whatever they are.</summary>
/// <param name="Count">Samples B.</param>
/// <param name="Losses">Their losses [B] at steps [B], the noise drawn from the generator.</param>
internal readonly record struct DiffusionBatch(long Count, Func<Tensor, Generator, Tensor> Losses);
