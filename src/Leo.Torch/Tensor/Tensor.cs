namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// One reference to a tensor of libtorch. Made inside a dispose scope it dies with the scope, unless moved out;
    /// otherwise when disposed or finalised.
    /// </summary>
    [TypeFormatterSource(typeof(TensorFormatters))]
    public partial class Tensor : IDisposable
    {
        private static long totalCount, peakCount;

        internal nint handle;
        internal int ScopeSlot;
        private long pressure;

        /// <summary>Takes over a native handle.</summary>
        internal Tensor(nint handle, bool register = true)
        {
            this.handle = handle;
            long n = Interlocked.Increment(ref totalCount);
            if (n > Volatile.Read(ref peakCount)) Volatile.Write(ref peakCount, n);
            if (register) DisposeScopeManager.ThreadSingleton.Register(this);
            // The collector sees a small object; outside a scope only it can free the large one behind.
            if (OwningDisposeScope == null && handle != 0) AddPressure();
        }

        /// <inheritdoc/>
        ~Tensor() => Dispose(false);

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>How many tensors are alive, over all threads.</summary>
        public static long TotalCount => Interlocked.Read(ref totalCount);

        /// <summary>The most that ever were alive at once.</summary>
        public static long PeakCount => Interlocked.Read(ref peakCount);

        /// <summary>A name for people.</summary>
        public string? name { get; set; }

        /// <summary>Whether it has been disposed.</summary>
        public bool IsInvalid => handle == 0;

        /// <summary>The native tensor.</summary>
        /// <exception cref="InvalidOperationException">It has been disposed.</exception>
        public nint Handle => handle != 0 ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        /// <inheritdoc/>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Frees the native reference.</summary>
        protected virtual void Dispose(bool disposing)
        {
            nint h = Interlocked.Exchange(ref handle, 0);
            if (h == 0) return;
            if (disposing)
            {
                DisposeScopeManager.ThreadSingleton.CountDisposal(this);
                OwningDisposeScope?.Forget(this);
            }
            Interlocked.Decrement(ref totalCount);
            if (pressure > 0) GC.RemoveMemoryPressure(pressure);
            Native.lt_delete(h);
        }

        /// <summary>Gives up the native handle without freeing it.</summary>
        public nint DecoupleFromNativeHandle()
        {
            nint h = Handle;
            GC.SuppressFinalize(this);
            OwningDisposeScope?.Forget(this);
            Interlocked.Decrement(ref totalCount);
            if (pressure > 0) GC.RemoveMemoryPressure(pressure);
            handle = 0;
            return h;
        }

        /// <summary>Hands it to the scope that encloses its own, or to nobody at the outermost.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes it out of its scope: the caller owns it from here on.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Hands it to the scope that owns <paramref name="other"/>.</summary>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        /// <summary>Hands it to that scope, or to nobody for null.</summary>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope == null) other?.Attach(this);
            else OwningDisposeScope.MoveToOther(other, this);
            return this;
        }

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Tensor t && Equals(t);

        /// <summary>Whether shapes and all elements are equal.</summary>
        public bool Equals(Tensor target) => Op.CallBool(Ops.equal, this, target);

        /// <inheritdoc/>
        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        private void AddPressure()
        {
            const long Smallest = 1 << 16;
            long bytes = Native.lt_nbytes(handle);
            if (bytes < Smallest) return;
            pressure = bytes;
            GC.AddMemoryPressure(bytes);
        }
    }
}
