namespace TorchSharp;

public static partial class torch
{
    // Random numbers made in place or from probabilities.
    public partial class Tensor
    {
        /// <summary>Ones with these probabilities.</summary>
        public Tensor bernoulli(Generator? generator = null) => Op.Call(Ops.bernoulli, this, ("generator", generator));

        /// <summary>In place: ones with that probability.</summary>
        public Tensor bernoulli_(Tensor p, Generator? generator = null) =>
            InPlace(Ops.bernoulli__Tensor, this, p, ("generator", generator));

        /// <summary>In place: ones with that probability.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            InPlace(Ops.bernoulli__float, this, p, ("generator", generator));

        /// <summary>Indices drawn with these weights.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Op.Call(Ops.multinomial, this, num_samples, replacement, generator);

        /// <summary>In place: drawn from a Cauchy distribution.</summary>
        public Tensor cauchy_(double median = 0, double sigma = 1, Generator? generator = null) =>
            InPlace(Ops.cauchy_, this, median, sigma, ("generator", generator));

        /// <summary>In place: drawn from an exponential distribution.</summary>
        public Tensor exponential_(double lambda = 1, Generator? generator = null) =>
            InPlace(Ops.exponential_, this, lambda, ("generator", generator));

        /// <summary>In place: drawn from a geometric distribution.</summary>
        public Tensor geometric_(double p, Generator? generator = null) => InPlace(Ops.geometric_, this, p, ("generator", generator));

        /// <summary>In place: drawn from a log-normal distribution.</summary>
        public Tensor log_normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            InPlace(Ops.log_normal_, this, mean, std, ("generator", generator));

        /// <summary>In place: drawn from a normal distribution.</summary>
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            InPlace(Ops.normal_, this, mean, std, ("generator", generator));

        /// <summary>In place: integers from <paramref name="from"/> up to but not <paramref name="to"/>.</summary>
        public Tensor random_(double from, double to, Generator? generator = null) =>
            InPlace(Ops.random__from, this, (long)from, (long)to, ("generator", generator));

        /// <summary>In place: drawn evenly from [from, to).</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            InPlace(Ops.uniform_, this, from, to, ("generator", generator));

        /// <summary>Drawn from Poisson distributions of these rates.</summary>
        public Tensor poisson(Generator? generator = null) => Op.Call(Ops.poisson, this, generator);

        /// <summary>In place: all elements to that value.</summary>
        public Tensor fill_(Scalar value) => InPlace(Ops.fill__Scalar, this, value);

        /// <summary>In place: all elements to zero.</summary>
        public Tensor zero_() => InPlace(Ops.zero_, this);

        /// <summary>In place: the source's elements, converted and broadcast.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => InPlace(Ops.copy_, this, source, nonBlocking);
    }
}
