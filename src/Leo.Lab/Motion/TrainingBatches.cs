using Leo.Lab.Animator;
using Leo.Lab.Distributed;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>What one step of a <see cref="ModelTask"/> learns from: this process's share of a batch.</summary>
/// <param name="Data">What the model makes: codes [B, …, D], or frames [B, 3, S, S].</param>
/// <param name="Codes">Raw motion codes of the frames [B, D]; null where the data are codes.</param>
/// <param name="Share">Which share it is; null for a whole batch.</param>
internal readonly record struct TrainingBatch(Tensor Data, Tensor? Codes = null, BatchShare? Share = null)
{
    /// <summary>Samples of the whole batch: for so many, chance is drawn.</summary>
    internal long Whole => Data.shape[0] * (Share?.Size ?? 1);

    /// <summary>This share of what was drawn for the whole batch.</summary>
    internal Tensor Of(Tensor whole) => Share is null ? whole : Share.Of(whole);
}

/// <summary>Gives batches.</summary>
internal interface IBatches : IDisposable
{
    /// <summary>All the data in a few words that change when they do.</summary>
    string Data { get; }

    /// <summary>Fingerprint of the animator whose codes they are; empty if unknown.</summary>
    string Animator { get; }

    /// <summary>Names of what the last batch was drawn from.</summary>
    IEnumerable<string> Drawn { get; }

    /// <summary>Draws a batch to learn from, and takes a share of it.</summary>
    TrainingBatch Next(int size, Generator generator, BatchShare share);

    /// <summary>At most so many held-out data, the same at every call; null if there are none.</summary>
    TrainingBatch? HeldOut(int size);
}

/// <summary>Crops of sequences of codes.</summary>
internal sealed class CodeBatches : IBatches
{
    private readonly CodeCrops _train;
    private readonly CodeCrops? _heldOut;
    private readonly bool _single;
    private readonly Func<Tensor, Generator, Tensor>? _change;

    /// <summary>Crops of equal length.</summary>
    /// <param name="train">Codes to learn from.</param>
    /// <param name="heldOut">Codes of other videos; null for none. Those that are too short for a crop are none.</param>
    /// <param name="length">Codes of a crop; of crops of one code come single codes [B, D].</param>
    /// <param name="reverse">Whether half of the crops to learn from run backwards.</param>
    /// <param name="change">What is done to crops to learn from; null for nothing.</param>
    /// <exception cref="LeoException">No sequence is long enough, or the held-out codes are another animator's.</exception>
    internal CodeBatches(CodeSequences train, CodeSequences? heldOut, int length, bool reverse = false, Func<Tensor, Generator, Tensor>? change = null)
    {
        if (heldOut is not null)
            AnimatorFingerprint.Require(train.Animator, "the codes to learn from", heldOut.Animator, "the held-out codes");
        (_train, _single, _change, Animator) = (new CodeCrops(train, length, reverse), length == 1, change, train.Animator);
        _heldOut = heldOut?.Videos.Any(v => v.Frames >= length) == true ? new CodeCrops(heldOut, length) : null;
    }

    /// <inheritdoc/>
    public string Data => _train.Data;

    /// <inheritdoc/>
    public string Animator { get; }

    /// <inheritdoc/>
    public IEnumerable<string> Drawn => _train.Drawn;

    /// <inheritdoc/>
    public TrainingBatch Next(int size, Generator generator, BatchShare share)
    {
        var codes = Shaped(_train.Next(size, generator));
        return new TrainingBatch(share.Of(_change is null ? codes : _change(codes, generator)), Share: share);
    }

    /// <inheritdoc/>
    public TrainingBatch? HeldOut(int size) => _heldOut is null ? null : new TrainingBatch(Shaped(_heldOut.Spread(size)));

    /// <summary>Held-out crops, or where there are none crops to learn from: what sampled motion is compared with.</summary>
    internal Tensor Real(int size) => Shaped((_heldOut ?? _train).Spread(size));

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }

    private Tensor Shaped(Tensor crops) => _single ? crops.squeeze(1) : crops; // [B, 1, D] → [B, D]
}
