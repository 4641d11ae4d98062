namespace TorchSharp;

public static partial class torch
{
    /// <summary>How a quotient is rounded.</summary>
    public enum RoundingMode
    {
        /// <summary>Not.</summary>
        None,
        /// <summary>Towards zero.</summary>
        trunc,
        /// <summary>Down.</summary>
        floor
    }

    /// <summary>Where each condition holds <paramref name="x"/>, otherwise <paramref name="y"/>.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Op.Call(Ops.where_self, condition, x, y);

    /// <summary>The indices where the condition holds, one tensor for each dimension.</summary>
    public static Tensor[] where(Tensor condition) => Op.CallList(Ops.where, condition);

    /// <summary>Where the values would have to be put to keep the sequence sorted.</summary>
    public static Tensor searchsorted(
        Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null) =>
        Op.Call(Ops.searchsorted_Tensor, sorted_sequence, values, ("out_int32", out_int32), ("right", right), ("sorter", sorter));

    /// <summary>The distances of all pairs of rows. [.., P, M] and [.., R, M] to [.., P, R]</summary>
    public static Tensor cdist(
        Tensor x1, Tensor x2, double p = 2, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) =>
        Op.Call(Ops.cdist, x1, x2, p, (long)compute_mode);

    /// <summary>Elements picked along a dimension, by indices.</summary>
    public static Tensor gather(Tensor input, long dim, Tensor index, bool sparse_grad = false) =>
        Op.Call(Ops.gather, input, dim, index, ("sparse_grad", sparse_grad));

    /// <summary>A dimension moved elsewhere.</summary>
    public static Tensor movedim(Tensor input, long source, long destination) => input.movedim([source], [destination]);

    /// <summary>A dimension moved elsewhere.</summary>
    public static Tensor moveaxis(Tensor input, long source, long destination) => input.movedim([source], [destination]);

    /// <summary>The Euclidean norm.</summary>
    public static Tensor norm(Tensor input) => input.norm();

    /// <summary>The lower factor of a positive-definite matrix.</summary>
    public static Tensor cholesky(Tensor input) => input.cholesky();

    /// <summary>The product of several matrices, in the cheapest order.</summary>
    public static Tensor chain_matmul(params Tensor[] matrices) => linalg.multi_dot(matrices);

    /// <summary>How many elements.</summary>
    public static long numel(Tensor input) => input.numel();

    /// <summary>Whether the elements are real floating-point numbers.</summary>
    public static bool is_floating_point(Tensor input) => input.is_floating_point();

    /// <summary>Whether the elements are complex numbers.</summary>
    public static bool is_complex(Tensor input) => input.is_complex();

    /// <summary>Whether the one element is not zero.</summary>
    public static bool is_nonzero(Tensor input) => input.is_nonzero();

    /// <summary>Whether that is a tensor.</summary>
    public static bool is_tensor(object obj) => obj is Tensor;

    /// <summary>The integers below <paramref name="n"/> in random order, into <paramref name="out"/>.</summary>
    public static Tensor randperm(long n, Tensor @out, Generator? generator = null)
    {
        Op.Do(Ops.randperm_generator_out, n, generator, ("out", @out));
        return @out;
    }
}
