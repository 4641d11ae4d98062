using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The lengths of a tensor's dimensions.</summary>
    public readonly struct Size : IEnumerable<long>
    {
        private readonly long[]? lengths;

        /// <summary>From the lengths.</summary>
        public Size(long[] shape) => lengths = [.. shape];

        /// <summary>From the lengths.</summary>
        public Size(IEnumerable<long> shape) => lengths = [.. shape];

        /// <summary>From the lengths.</summary>
        public Size(int[] shape) => lengths = Array.ConvertAll(shape, x => (long)x);

        /// <summary>One dimension.</summary>
        public Size(long size) => lengths = [size];

        /// <summary>One dimension.</summary>
        public Size(int size) => lengths = [size];

        /// <summary>2 dimensions.</summary>
        public Size((long, long) size) : this((long[])[size.Item1, size.Item2]) { }

        /// <summary>3 dimensions.</summary>
        public Size((long, long, long) size) : this((long[])[size.Item1, size.Item2, size.Item3]) { }

        /// <summary>4 dimensions.</summary>
        public Size((long, long, long, long) size) : this((long[])[size.Item1, size.Item2, size.Item3, size.Item4]) { }

        /// <summary>5 dimensions.</summary>
        public Size((long, long, long, long, long) size) : this((long[])[size.Item1, size.Item2, size.Item3, size.Item4, size.Item5]) { }

        /// <summary>6 dimensions.</summary>
        public Size((long, long, long, long, long, long) size)
            : this((long[])[size.Item1, size.Item2, size.Item3, size.Item4, size.Item5, size.Item6]) { }

        /// <summary>2 dimensions.</summary>
        public Size((int, int) size) : this((long[])[size.Item1, size.Item2]) { }

        /// <summary>3 dimensions.</summary>
        public Size((int, int, int) size) : this((long[])[size.Item1, size.Item2, size.Item3]) { }

        /// <summary>4 dimensions.</summary>
        public Size((int, int, int, int) size) : this((long[])[size.Item1, size.Item2, size.Item3, size.Item4]) { }

        /// <summary>5 dimensions.</summary>
        public Size((int, int, int, int, int) size) : this((long[])[size.Item1, size.Item2, size.Item3, size.Item4, size.Item5]) { }

        /// <summary>6 dimensions.</summary>
        public Size((int, int, int, int, int, int) size)
            : this((long[])[size.Item1, size.Item2, size.Item3, size.Item4, size.Item5, size.Item6]) { }

        /// <summary>No dimensions: a scalar's.</summary>
        public static Size Empty = new(Array.Empty<long>());

        /// <summary>Whether there are no dimensions.</summary>
        public bool IsEmpty => Shape.Length == 0;

        /// <summary>Whether there are no dimensions.</summary>
        public bool IsScalar => IsEmpty;

        /// <summary>How many dimensions.</summary>
        public int Length => Shape.Length;

        /// <summary>The lengths.</summary>
        public long[] Shape => lengths ?? [];

        /// <summary>The length of one dimension.</summary>
        public long this[int idx] => Shape[idx];

        /// <inheritdoc cref="this[int]"/>
        public long this[long idx] => Shape[idx];

        /// <summary>One dimension.</summary>
        public static implicit operator Size(long size) => new(size);

        /// <summary>From the lengths.</summary>
        public static implicit operator Size(long[] size) => new(size);

        /// <summary>2 dimensions.</summary>
        public static implicit operator Size((long, long) size) => new(size);

        /// <summary>3 dimensions.</summary>
        public static implicit operator Size((long, long, long) size) => new(size);

        /// <summary>4 dimensions.</summary>
        public static implicit operator Size((long, long, long, long) size) => new(size);

        /// <summary>5 dimensions.</summary>
        public static implicit operator Size((long, long, long, long, long) size) => new(size);

        /// <summary>6 dimensions.</summary>
        public static implicit operator Size((long, long, long, long, long, long) size) => new(size);

        /// <summary>One after the other.</summary>
        public static Size operator +(Size left, Size right) => new((long[])[.. left.Shape, .. right.Shape]);

        /// <summary>One after the other.</summary>
        public static Size operator +(Size left, IEnumerable<long> right) => new((long[])[.. left.Shape, .. right]);

        /// <summary>Whether all lengths are equal.</summary>
        public static bool operator ==(Size left, Size right) => left.Shape.AsSpan().SequenceEqual(right.Shape);

        /// <summary>Whether any length differs.</summary>
        public static bool operator !=(Size left, Size right) => !(left == right);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Size s && this == s;

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (long n in Shape) hash.Add(n);
            return hash.ToHashCode();
        }

        /// <summary>The dimensions from <paramref name="first"/> up to but not <paramref name="next"/>.</summary>
        public Size Slice(int first, int next) => new(Shape[first..next]);

        /// <summary>How many elements.</summary>
        public long numel()
        {
            long n = 1;
            foreach (long length in Shape) n *= length;
            return n;
        }

        /// <summary>The first dimensions.</summary>
        public IEnumerable<long> Take(int i) => Shape.Take(i);

        /// <inheritdoc/>
        public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Shape).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
