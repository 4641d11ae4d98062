namespace TorchSharp;

public static partial class torch
{
    // Variances and standard deviations, of all or along dimensions.
    public partial class Tensor
    {
        /// <summary>The standard deviation.</summary>
        public Tensor std(bool unbiased = true) => Op.Call(Ops.std, this, unbiased);

        /// <summary>The standard deviation.</summary>
        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).Spread(Ops.std_correction, Dims(dim.Item1, dim.Item2), unbiased, keepdim);

        /// <summary>The standard deviation.</summary>
        public Tensor std((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).Spread(Ops.std_correction, Dims(dim.Item1, dim.Item2, dim.Item3), unbiased, keepdim);

        /// <summary>The standard deviation.</summary>
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).Spread(Ops.std_correction, dimensions.ToArray(), unbiased, keepdim);

        /// <summary>The standard deviation.</summary>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).Spread(Ops.std_correction, Dims(dim), unbiased, keepdim);

        /// <summary>The standard deviation.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).Spread(Ops.std_correction, dimensions, unbiased, keepdim);

        /// <summary>The variance.</summary>
        public Tensor var(bool unbiased = true) => Op.Call(Ops.var, this, unbiased);

        /// <summary>The variance.</summary>
        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).Spread(Ops.var_correction, Dims(dim.Item1, dim.Item2), unbiased, keepdim);

        /// <summary>The variance.</summary>
        public Tensor var((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).Spread(Ops.var_correction, Dims(dim.Item1, dim.Item2, dim.Item3), unbiased, keepdim);

        /// <summary>The variance.</summary>
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).Spread(Ops.var_correction, dimensions.ToArray(), unbiased, keepdim);

        /// <summary>The variance.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).Spread(Ops.var_correction, Dims(dim), unbiased, keepdim);

        /// <summary>The variance.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).Spread(Ops.var_correction, dimensions, unbiased, keepdim);

        /// <summary>The standard deviation and the mean.</summary>
        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => Op.Call2(Ops.std_mean, this, unbiased);

        /// <summary>The standard deviation and the mean.</summary>
        public (Tensor std, Tensor mean) std_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).SpreadMean(Ops.std_mean_correction, Dims(dim.Item1, dim.Item2), unbiased, keepdim);

        /// <summary>The standard deviation and the mean.</summary>
        public (Tensor std, Tensor mean) std_mean(
            (long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).SpreadMean(Ops.std_mean_correction, Dims(dim.Item1, dim.Item2, dim.Item3), unbiased, keepdim);

        /// <summary>The standard deviation and the mean.</summary>
        public (Tensor std, Tensor mean) std_mean(
            ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).SpreadMean(Ops.std_mean_correction, dimensions.ToArray(), unbiased, keepdim);

        /// <summary>The standard deviation and the mean.</summary>
        public (Tensor std, Tensor mean) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).SpreadMean(Ops.std_mean_correction, Dims(dim), unbiased, keepdim);

        /// <summary>The standard deviation and the mean.</summary>
        public (Tensor std, Tensor mean) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).SpreadMean(Ops.std_mean_correction, dimensions, unbiased, keepdim);

        /// <summary>The variance and the mean.</summary>
        public (Tensor var, Tensor mean) var_mean(bool unbiased = true) => Op.Call2(Ops.var_mean, this, unbiased);

        /// <summary>The variance and the mean.</summary>
        public (Tensor std, Tensor mean) var_mean(
            ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).SpreadMean(Ops.var_mean_correction, dimensions.ToArray(), unbiased, keepdim);

        /// <summary>The variance and the mean.</summary>
        public (Tensor std, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).SpreadMean(Ops.var_mean_correction, dimensions, unbiased, keepdim);

        /// <summary>The variance and the mean.</summary>
        public (Tensor var, Tensor mean) var_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).SpreadMean(Ops.var_mean_correction, Dims(dim.Item1, dim.Item2), unbiased, keepdim);

        /// <summary>The variance and the mean.</summary>
        public (Tensor var, Tensor mean) var_mean(
            (long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).SpreadMean(Ops.var_mean_correction, Dims(dim.Item1, dim.Item2, dim.Item3), unbiased, keepdim);

        /// <summary>The variance and the mean.</summary>
        public (Tensor var, Tensor mean) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type).SpreadMean(Ops.var_mean_correction, Dims(dim), unbiased, keepdim);
    }
}
