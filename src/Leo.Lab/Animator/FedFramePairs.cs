using Leo.Lab.Distributed;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>Stored pairs that are read, mirrored, coloured and brought to the device ahead; the same in the same order as without.</summary>
internal sealed class FedFramePairs : IFramePairs
{
    private readonly StoredFramePairs _pairs;
    private readonly string _device;
    private BatchFeed? _feed;

    /// <summary>Nothing is drawn before the first <see cref="Next()"/>.</summary>
    /// <param name="pairs">Which pairs; taken over.</param>
    /// <param name="device">Where they are wanted, as a recipe names it.</param>
    internal FedFramePairs(StoredFramePairs pairs, string device) => (_pairs, _device) = (pairs, device);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Generator> Generators => _pairs.Generators;

    /// <inheritdoc/>
    public string Data => _pairs.Data;

    /// <inheritdoc/>
    public IEnumerable<string> Drawn { get; private set; } = [];

    /// <inheritdoc/>
    public (Tensor Source, Tensor Driving) Next() => Next(BatchShare.Whole);

    /// <inheritdoc/>
    public (Tensor Source, Tensor Driving) Next(BatchShare share)
    {
        _feed ??= new BatchFeed(_pairs.Position, ComputeDevice.Find(_device), _pairs.Make);
        var batch = _feed.Next(share);
        Drawn = batch.Drawn;
        return (batch.Tensors[0], batch.Tensors[1]);
    }

    /// <summary>Ends the feed; the store may be closed afterwards.</summary>
    public void Dispose()
    {
        _feed?.Dispose();
        _pairs.Dispose();
    }
}
