namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds the default generator.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    /// <summary>Seeds the default generator from the clock, and tells the seed.</summary>
    public static long seed() => random.seed();

    /// <summary>The default generator's seed.</summary>
    public static long initial_seed() => random.initial_seed();

    /// <summary>The default generator's state.</summary>
    public static Tensor get_rng_state() => random.get_rng_state();

    /// <summary>Sets the default generator's state.</summary>
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The default generator.</summary>
    public static class random
    {
        /// <inheritdoc cref="torch.manual_seed(long)"/>
        public static Generator manual_seed(long seed)
        {
            Native.Check(Native.lt_seed((ulong)seed)); // every device's default generator
            return Generator.Default;
        }

        /// <inheritdoc cref="torch.seed"/>
        public static long seed()
        {
            long seed = DateTime.UtcNow.Ticks;
            manual_seed(seed).Dispose();
            return seed;
        }

        /// <inheritdoc cref="torch.initial_seed"/>
        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        /// <inheritdoc cref="torch.get_rng_state"/>
        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        /// <inheritdoc cref="torch.set_rng_state(Tensor)"/>
        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
