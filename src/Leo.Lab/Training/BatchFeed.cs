using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Leo.Lab.Distributed;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>A batch as a feed makes it.</summary>
/// <param name="Tensors">On the CPU, of the maker's dispose scope.</param>
/// <param name="Drawn">Names of what it shows; what it enumerates stays as it is.</param>
internal sealed record FedBatch(IReadOnlyList<Tensor> Tensors, IEnumerable<string> Drawn);

/// <summary>
/// Makes batches ahead on a thread of its own, and brings them to the device there, while the step before them is computed. Nobody can tell by what comes out: the
/// thread draws from a generator of its own, and the task's has the state after the batch that was taken last, which is what a checkpoint keeps.
/// </summary>
internal sealed class BatchFeed : IDisposable
{
    private readonly Generator _position;
    private readonly Device _device;
    private readonly Func<Generator, BatchShare, FedBatch> _make;
    private Ahead? _ahead;

    /// <summary>Makes nothing before the first <see cref="Next"/>.</summary>
    /// <param name="position">The task's generator; stays the caller's. Whoever sets its state – a run that is gone on with – or draws from it changes what comes next, as without a feed.</param>
    /// <param name="device">Where the batches are wanted.</param>
    /// <param name="make">Makes a batch by drawing from the generator that it is given; called by one thread at a time, without gradients.</param>
    internal BatchFeed(Generator position, Device device, Func<Generator, BatchShare, FedBatch> make) => (_position, _device, _make) = (position, device, make);

    /// <summary>The next batch, on the device; its tensors are owned by the current dispose scope.</summary>
    /// <param name="share">What the maker is to take of it.</param>
    /// <exception cref="Exception">What the maker threw, at the batch where it threw.</exception>
    internal FedBatch Next(BatchShare share)
    {
        if (_ahead?.IsFrom(_position, share) != true)
        {
            _ahead?.Dispose();
            _ahead = new Ahead(this, share);
        }
        try
        {
            return _ahead.Take();
        }
        catch
        {
            _ahead.Dispose();
            _ahead = null;
            throw;
        }
    }

    /// <summary>Ends the thread, waiting for the batch that it is making; what was made ahead is freed.</summary>
    public void Dispose()
    {
        _ahead?.Dispose();
        _ahead = null;
    }

    /// <summary>One thread, from one state of the generator on.</summary>
    private sealed class Ahead : IDisposable
    {
        private const int Waiting = 1; // and one more that is finished and has no place yet

        private readonly BatchFeed _feed;
        private readonly BatchShare _share;
        private readonly Generator _generator = new(0);
        private readonly BlockingCollection<Made> _made = new(Waiting);
        private readonly CancellationTokenSource _stop = new();
        private readonly Thread _thread;
        private byte[] _state;

        internal Ahead(BatchFeed feed, BatchShare share)
        {
            (_feed, _share) = (feed, share);
            using var state = feed._position.get_state();
            _state = state.bytes.ToArray();
            _generator.set_state(state);
            _thread = new Thread(Work) { IsBackground = true, Name = "leo batches" };
            _thread.Start();
        }

        /// <summary>Whether what was made ahead is what comes next.</summary>
        internal bool IsFrom(Generator position, BatchShare share)
        {
            using var state = position.get_state();
            return share == _share && state.bytes.SequenceEqual(_state);
        }

        internal FedBatch Take()
        {
            using var made = _made.Take();
            made.Error?.Throw();
            _feed._position.set_state(made.State!);
            _state = made.State!.bytes.ToArray();
            return new FedBatch([.. made.Tensors.Select(t => t.alias())], made.Drawn);
        }

        public void Dispose()
        {
            _stop.Cancel();
            _thread.Join();
            while (_made.TryTake(out var made))
                made.Dispose();
            _made.Dispose();
            _stop.Dispose();
            _generator.Dispose();
        }

        private void Work()
        {
            using var quiet = no_grad(); // of this thread
            while (true)
            {
                var made = Make();
                try
                {
                    _made.Add(made, _stop.Token);
                }
                catch (OperationCanceledException)
                {
                    made.Dispose();
                    return;
                }
                if (made.Error is not null)
                    return;
            }
        }

        private Made Make()
        {
            using var scope = NewDisposeScope();
            try
            {
                var batch = _feed._make(_generator, _share);
                Tensor[] moved = [.. batch.Tensors.Select(Moved)];
                var state = _generator.get_state();
                return new Made([.. moved.Select(t => t.DetachFromDisposeScope())], batch.Drawn, state.DetachFromDisposeScope());
            }
            catch (Exception e)
            {
                return new Made([], [], null, ExceptionDispatchInfo.Capture(e)); // whatever it is, it belongs to whoever waits for the batch
            }
        }

        // From pinned memory CUDA copies without the host waiting for it.
        private Tensor Moved(Tensor tensor) => _feed._device.type switch
        {
            DeviceType.CPU => tensor,
            DeviceType.CUDA => tensor.pin_memory().to(_feed._device, non_blocking: true),
            _ => tensor.to(_feed._device),
        };
    }

    private sealed record Made(IReadOnlyList<Tensor> Tensors, IEnumerable<string> Drawn, Tensor? State, ExceptionDispatchInfo? Error = null) : IDisposable
    {
        public void Dispose()
        {
            foreach (var tensor in Tensors)
                tensor.Dispose();
            State?.Dispose();
        }
    }
}
