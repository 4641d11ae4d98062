using static TorchSharp.torch;

namespace Leo.Lab.Data;

/// <summary>What was worked out of one video.</summary>
/// <param name="Tensors">By name.</param>
/// <param name="Strings">What goes with them; read back, all that is in the header.</param>
internal sealed record ExtractionPart(IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Strings);
