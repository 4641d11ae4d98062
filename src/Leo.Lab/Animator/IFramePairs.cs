using Leo.Lab.Distributed;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>An endless stream of training pairs: two frames of one video each.</summary>
public interface IFramePairs : IDisposable
{
    /// <summary>Every random generator that <see cref="Next"/> draws from; their states are the position in the data.</summary>
    IReadOnlyDictionary<string, Generator> Generators { get; }

    /// <summary>All the data in a few words that change when it does; null where it has no name.</summary>
    string? Data => null;

    /// <summary>Names of what the last batch shows, for the note of a step that is left out.</summary>
    IEnumerable<string> Drawn => [];

    /// <summary>The next batch, source and driving [B, 3, S, S] in [-1, 1], owned by the current dispose scope.</summary>
    (Tensor Source, Tensor Driving) Next();

    /// <summary>This process's share of the next batch; the generators move as for the whole.</summary>
    (Tensor Source, Tensor Driving) Next(BatchShare share)
    {
        var (source, driving) = Next();
        return (share.Of(source), share.Of(driving));
    }
}
