namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static long[] Dims(params ReadOnlySpan<long> dims) => dims.ToArray();

        private Tensor InPlace(Op op, params ReadOnlySpan<Arg> args)
        {
            Op.Do(op, args);
            return this;
        }

        private Tensor Into(Op op, Op outOp, long[] dims, bool keepdim, Tensor? destination)
        {
            if (destination is null) return Op.Call(op, this, dims, keepdim);
            Op.Do(outOp, this, dims, keepdim, destination);
            return destination;
        }

        private Tensor As(ScalarType? type) => type is { } t ? to_type(t) : this;

        private Tensor Spread(Op op, long[] dims, bool unbiased, bool keepdim) =>
            Op.Call(op, this, dims, ("correction", unbiased ? 1 : 0), ("keepdim", keepdim));

        private (Tensor, Tensor) SpreadMean(Op op, long[] dims, bool unbiased, bool keepdim) =>
            Op.Call2(op, this, dims, ("correction", unbiased ? 1 : 0), ("keepdim", keepdim));

        private (Tensor output, Tensor? inverse_indices, Tensor? counts) Unique(bool sorted, bool inverse, bool counts, int? dim)
        {
            var (values, places, numbers) = dim is { } d
                ? Op.Call3(Ops.unique_dim, this, d, sorted, inverse, counts)
                : Op.Call3(Ops._unique2, this, sorted, inverse, counts);
            if (!inverse) places.Dispose();
            if (!counts) numbers.Dispose();
            return (values, inverse ? places : null, counts ? numbers : null);
        }

        private (Tensor output, Tensor? inverse_indices, Tensor? counts) Consecutive(bool inverse, bool counts, int? dim)
        {
            var (values, places, numbers) = Op.Call3(Ops.unique_consecutive, this, inverse, counts, dim);
            if (!inverse) places.Dispose();
            if (!counts) numbers.Dispose();
            return (values, inverse ? places : null, counts ? numbers : null);
        }

        private static long[] Head(long count) => [.. Enumerable.Range(0, (int)count).Select(i => (long)i)];

        private static long[] Tail(long of, long count) => [.. Enumerable.Range((int)(of - count), (int)count).Select(i => (long)i)];
    }
}
