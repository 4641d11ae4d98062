using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>Videos that training does not see. The first frame is the source, the others are driving frames.</summary>
/// <param name="Clips">Each [T, 3, S, S] in [-1, 1] with T ≥ 2; taken over.</param>
public sealed record HeldOutClips(IReadOnlyList<Tensor> Clips) : IDisposable
{
    /// <summary>Frees the clips.</summary>
    public void Dispose()
    {
        foreach (var clip in Clips) clip.Dispose();
    }
}
