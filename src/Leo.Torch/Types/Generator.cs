namespace TorchSharp;

public static partial class torch
{
    /// <summary>A stream of random numbers (Mersenne twister) with a seed and a state that can be saved.</summary>
    public unsafe class Generator : IDisposable
    {
        /// <summary>A new stream from that seed.</summary>
        public Generator(ulong seed = 0, Device? device = null)
        {
            InitializeDevice(device);
            nint g;
            Native.Check(Native.lt_generator_new(seed, &g));
            Handle = g;
            this.device = device ?? CPU;
        }

        private Generator(nint handle)
        {
            Handle = handle;
            device = CPU;
        }

        /// <inheritdoc/>
        ~Generator() => Dispose(false);

        /// <summary>The native generator, 0 when disposed.</summary>
        public nint Handle { get; private set; }

        /// <summary>Where it makes numbers.</summary>
        public Device device { get; private set; }

        /// <summary>The stream that random operators draw from when not given one.</summary>
        public static Generator Default
        {
            get
            {
                nint g;
                Native.Check(Native.lt_generator_default(&g));
                return new Generator(g);
            }
        }

        internal nint Live => Handle != 0 ? Handle : throw new InvalidOperationException("Generator invalid -- empty handle.");

        /// <summary>Seed and position, as bytes.</summary>
        public Tensor get_state()
        {
            nint state;
            Native.Check(Native.lt_generator_state(Live, 0, &state));
            GC.KeepAlive(this);
            return new Tensor(state);
        }

        /// <summary>Continues where <see cref="get_state"/> was taken.</summary>
        public void set_state(Tensor value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Native.Check(Native.lt_generator_state(Live, value.Handle, null));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }

        /// <summary>Starts anew from that seed.</summary>
        public Generator manual_seed(long seed)
        {
            ulong s = (ulong)seed;
            Native.Check(Native.lt_generator_seed(Live, 1, &s));
            GC.KeepAlive(this);
            return this;
        }

        /// <summary>Starts anew from the clock, and tells the seed.</summary>
        public long seed()
        {
            long seed = DateTime.UtcNow.Ticks;
            manual_seed(seed);
            return seed;
        }

        /// <summary>The seed it was last given.</summary>
        public long initial_seed()
        {
            ulong s;
            Native.Check(Native.lt_generator_seed(Live, 0, &s));
            GC.KeepAlive(this);
            return (long)s;
        }

        /// <summary>Frees the native generator.</summary>
        protected virtual void Dispose(bool disposing)
        {
            if (Handle == 0) return;
            Native.lt_generator_delete(Handle);
            Handle = 0;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }
    }
}
