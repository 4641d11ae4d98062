using Leo.Lab.Diffusion;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>
/// When and where long motion changes its pattern (LEO §6, Fig. 8): after every few sequences the Transition DM leads from the last
/// code to a new one from p(α), with which the motion model goes on.
/// </summary>
/// <param name="Model">Makes the motion between.</param>
/// <param name="StartCodes">p(α), where the new codes come from.</param>
/// <param name="Sampler">How the new codes are drawn.</param>
/// <param name="Every">Sequences of the motion model before each transition, at least 1. The paper's figure has one.</param>
public sealed record Transitions(TransitionModel Model, StartCodeModel StartCodes, SamplerSpec Sampler, int Every = 1)
{
    /// <summary>Whether the n-th sequence of a video, counted from 0, is a transition.</summary>
    /// <param name="sequence">Its number.</param>
    public bool IsDue(int sequence) => sequence % (Every + 1) == Every;

    /// <summary>New codes [K, D], one for each video; a video's do not depend on the others.</summary>
    /// <param name="seeds">The videos' seeds.</param>
    /// <param name="sequence">Number of the transition's sequence.</param>
    public Tensor Target(IEnumerable<long> seeds, int sequence) =>
        StartCodes.Sample([.. seeds.Select(seed => Seeds.Derive(seed, $"transition {sequence}"))], Sampler);
}
