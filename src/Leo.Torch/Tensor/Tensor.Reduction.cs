namespace TorchSharp;

public static partial class torch
{
    // Sums, means, extremes and norms.
    public partial class Tensor
    {
        /// <summary>Whether all are not zero.</summary>
        public Tensor all() => Op.Call(Ops.all, this);

        /// <summary>Whether all are not zero.</summary>
        public Tensor all(long dim, bool keepdim = false) => Op.Call(Ops.all_dim, this, dim, keepdim);

        /// <summary>Whether any is not zero.</summary>
        public Tensor any() => Op.Call(Ops.any, this);

        /// <summary>Whether any is not zero.</summary>
        public Tensor any(long dim, bool keepdim = false) => Op.Call(Ops.any_dim, this, dim, keepdim);

        /// <summary>The largest along the dimensions.</summary>
        public Tensor amax(params long[] dims) => Op.Call(Ops.amax, this, dims);

        /// <summary>The largest along the dimensions.</summary>
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amax(dims.ToArray(), keepdim, @out);

        /// <summary>The largest along the dimensions.</summary>
        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(Ops.amax, Ops.amax_out, dims, keepdim, @out);

        /// <summary>The smallest along the dimensions.</summary>
        public Tensor amin(params long[] dims) => Op.Call(Ops.amin, this, dims);

        /// <summary>The smallest along the dimensions.</summary>
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amin(dims.ToArray(), keepdim, @out);

        /// <summary>The smallest along the dimensions.</summary>
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(Ops.amin, Ops.amin_out, dims, keepdim, @out);

        /// <summary>The smallest and the largest.</summary>
        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) =>
            Op.Call2(Ops.aminmax, this, ("dim", dim), ("keepdim", keepdim));

        /// <summary>The index of the largest.</summary>
        public Tensor argmax() => Op.Call(Ops.argmax, this);

        /// <summary>The index of the largest.</summary>
        public Tensor argmax(long dim, bool keepdim = false) => Op.Call(Ops.argmax, this, dim, keepdim);

        /// <summary>The index of the smallest.</summary>
        public Tensor argmin() => Op.Call(Ops.argmin, this);

        /// <summary>The index of the smallest.</summary>
        public Tensor argmin(long dim, bool keepdim = false) => Op.Call(Ops.argmin, this, dim, keepdim);

        /// <summary>How many are not zero.</summary>
        public Tensor count_nonzero(long[]? dims = null) =>
            dims is null ? Op.Call(Ops.count_nonzero, this) : Op.Call(Ops.count_nonzero_dim_IntList, this, dims);

        /// <summary>The logarithm of the sum of exponentials along one dimension.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) => Op.Call(Ops.logsumexp, this, Dims(dim), keepdim);

        /// <summary>The largest, with its index where a dimension is given.</summary>
        public Tensor max() => Op.Call(Ops.max, this);

        /// <summary>The largest, with its index where a dimension is given.</summary>
        public Tensor max(Tensor other) => Op.Call(Ops.max_other, this, other);

        /// <summary>The largest, with its index where a dimension is given.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Op.Call2(Ops.max_dim, this, dim, keepdim);

        /// <summary>The smallest, with its index where a dimension is given.</summary>
        public Tensor min() => Op.Call(Ops.min, this);

        /// <summary>The smallest, with its index where a dimension is given.</summary>
        public Tensor min(Tensor other) => Op.Call(Ops.min_other, this, other);

        /// <summary>The smallest, with its index where a dimension is given.</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Op.Call2(Ops.min_dim, this, dim, keepdim);

        /// <summary>The mean, of all or along dimensions.</summary>
        public Tensor mean() => Op.Call(Ops.mean, this);

        /// <summary>The mean, of all or along dimensions.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Op.Call(Ops.mean_dim, this, dimensions, keepdim, type);

        /// <summary>The median of all, the lower one of two.</summary>
        public Tensor median() => Op.Call(Ops.median, this);

        /// <summary>The mean of what is not NaN.</summary>
        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null) =>
            Op.Call(Ops.nanmean, this, dim is { } d ? Dims(d) : Arg.None, keepdim, dtype);

        /// <summary>The median of what is not NaN.</summary>
        public Tensor nanmedian() => Op.Call(Ops.nanmedian, this);

        /// <summary>The sum of what is not NaN.</summary>
        public Tensor nansum() => Op.Call(Ops.nansum, this);

        /// <summary>The most frequent value along one dimension, with its index.</summary>
        public (Tensor values, Tensor indices) mode(long dim = -1, bool keepdim = false) => Op.Call2(Ops.mode, this, dim, keepdim);

        /// <summary>The k-th smallest along one dimension, with its index.</summary>
        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) =>
            Op.Call2(Ops.kthvalue, this, k, dim ?? -1, keepdim);

        /// <summary>Quantiles along one dimension, linear between elements.</summary>
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Op.Call(Ops.quantile, this, q, dim, keepdim);

        /// <summary>Quantiles of what is not NaN along one dimension.</summary>
        public Tensor nanquantile(Tensor q, long dim = -1, bool keepdim = false) => Op.Call(Ops.nanquantile, this, q, dim, keepdim);

        /// <summary>The product, of all or along one dimension.</summary>
        public Tensor prod(ScalarType? type = null) => Op.Call(Ops.prod, this, type);

        /// <summary>The product, of all or along one dimension.</summary>
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Op.Call(Ops.prod_dim_int, this, dim, keepdim, type);

        /// <summary>The sum, of all or along dimensions.</summary>
        public Tensor sum(ScalarType? type = null) => Op.Call(Ops.sum, this, type);

        /// <summary>The sum, of all or along dimensions.</summary>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Op.Call(Ops.sum_dim_IntList, this, dim, keepdim, type);

        /// <summary>The sum, of all or along dimensions.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            Op.Call(Ops.sum_dim_IntList, this, Dims(dim), keepdim, type);

        /// <summary>The sum, of all or along dimensions.</summary>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Op.Call(Ops.sum_dim_IntList, this, dim, keepdim, type);

        /// <summary>The sum, of all or along dimensions.</summary>
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) =>
            Op.Call(Ops.sum_dim_IntList, this, Dims(dim0, dim1), keepdim, type);

        /// <summary>The sum, of all or along dimensions.</summary>
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            Op.Call(Ops.sum_dim_IntList, this, Dims(dim0, dim1, dim2), keepdim, type);

        /// <summary>The p-norm, of all or along one dimension.</summary>
        public Tensor norm(float p = 2f) => Op.Call(Ops.norm_Scalar, this, p);

        /// <summary>The p-norm, of all or along one dimension.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2f) => Op.Call(Ops.norm_ScalarOpt_dim, this, p, Dims(dim), keepdim);

        /// <summary>The p-norm of the difference.</summary>
        public Tensor dist(Tensor other, float p = 2f) => Op.Call(Ops.dist, this, other, p);

        /// <summary>The sum of the diagonal.</summary>
        public Tensor trace() => Op.Call(Ops.trace, this);

        /// <summary>The running sum along one dimension.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => Op.Call(Ops.cumsum, this, dim, type);

        /// <summary>The running product along one dimension.</summary>
        public Tensor cumprod(long dim, ScalarType? type = null) => Op.Call(Ops.cumprod, this, dim, type);

        /// <summary>The running maximum along one dimension, with its index.</summary>
        public (Tensor values, Tensor indexes) cummax(long dim) => Op.Call2(Ops.cummax, this, dim);

        /// <summary>The running minimum along one dimension, with its index.</summary>
        public (Tensor values, Tensor indexes) cummin(long dim) => Op.Call2(Ops.cummin, this, dim);

        /// <summary>The running logarithm of the sum of exponentials along one dimension.</summary>
        public Tensor logcumsumexp(long dim) => Op.Call(Ops.logcumsumexp, this, dim);

        /// <summary>A histogram.</summary>
        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Op.Call(Ops.histc, this, bins, min, max);

        /// <summary>How often each number occurs.</summary>
        public Tensor bincount(Tensor? weights, long minlength = 0) => Op.Call(Ops.bincount, this, weights, minlength);

        /// <summary>In order along one dimension, with the places they came from.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Op.Call2(Ops.sort_stable, this, stable, dim, descending);

        /// <summary>The places they would be sorted from.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) => Op.Call(Ops.argsort, this, dim, descending);

        /// <summary>In order along the first dimension.</summary>
        public Tensor msort() => Op.Call(Ops.msort, this);

        /// <summary>The k largest along one dimension, with their indices.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Op.Call2(Ops.topk, this, k, dim, largest, sorted);

        /// <summary>The distinct elements, and if asked where they are and how many.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
            Unique(sorted, return_inverse, return_counts, dim);

        /// <summary>Runs of equal elements made one, and if asked where they are and how long.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(
            bool return_inverse = false, bool return_counts = false, int? dim = null) =>
            Consecutive(return_inverse, return_counts, dim);

        /// <summary>The integral along one dimension by the trapezoidal rule.</summary>
        public Tensor trapezoid(Tensor x, long dim = -1) => Op.Call(Ops.trapezoid_x, this, x, dim);

        /// <summary>The integral along one dimension by the trapezoidal rule.</summary>
        public Tensor trapezoid(double dx = 1, long dim = -1) => Op.Call(Ops.trapezoid_dx, this, dx, dim);

        /// <summary>The running integral along one dimension by the trapezoidal rule.</summary>
        public Tensor cumulative_trapezoid(Tensor x, long dim = -1) => Op.Call(Ops.cumulative_trapezoid_x, this, x, dim);

        /// <summary>The running integral along one dimension by the trapezoidal rule.</summary>
        public Tensor cumulative_trapezoid(double dx = 1, long dim = -1) => Op.Call(Ops.cumulative_trapezoid_dx, this, dx, dim);

        /// <summary>Which bucket each element falls into.</summary>
        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Op.Call(Ops.bucketize_Tensor, this, boundaries, ("out_int32", outInt32), ("right", right));

        /// <summary>Differences of neighbours along one dimension.</summary>
        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) =>
            Op.Call(Ops.diff, this, n, dim, prepend, append);

        /// <summary>Slices whose p-norm exceeds the maximum scaled down to it.</summary>
        public Tensor renorm(float p, long dim, float maxnorm) => Op.Call(Ops.renorm, this, p, dim, maxnorm);

        /// <summary>The covariance matrix of the rows.</summary>
        public Tensor cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null) =>
            Op.Call(Ops.cov, this, ("correction", correction), ("fweights", fweights), ("aweights", aweights));

        /// <summary>The matrix of correlation coefficients of the rows.</summary>
        public Tensor corrcoef() => Op.Call(Ops.corrcoef, this);
    }
}
