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
    /// <summary>All combinations of <paramref name="r"/> elements of a vector. [n, r]</summary>
    public static Tensor combinations(Tensor input, int r = 2, bool with_replacement = false) =>
        Op.Call(Ops.combinations, input, r, with_replacement);

    /// <summary>The powers of the elements as columns.</summary>
    public static Tensor vander(Tensor x, long N = -1, bool increasing = false) =>
        Op.Call(Ops.vander, x, N < 0 ? Arg.None : N, increasing);

    /// <summary>The integral along one dimension by the trapezoidal rule.</summary>
    public static Tensor trapz(Tensor y, Tensor x, long dim = -1) => y.trapezoid(x, dim);

    /// <inheritdoc cref="trapz(Tensor, Tensor, long)"/>
    public static Tensor trapz(Tensor y, double dx = 1, long dim = -1) => y.trapezoid(dx, dim);

    /// <summary>In place: the negative.</summary>
    public static Tensor negative_(Tensor input) => input.neg_();

    /// <summary>In place: the product, element by element.</summary>
    public static Tensor multiply_(Tensor left, Tensor right) => left.mul_(right);

    /// <inheritdoc cref="multiply_(Tensor, Tensor)"/>
    public static Tensor multiply_(Tensor left, Scalar right) => left.mul_(right);

    /// <summary>Whether the elements are integers or truths.</summary>
    public static bool is_integral(Tensor t) => t.is_integral();

    /// <summary>One integer from <paramref name="low"/> up to but not <paramref name="high"/>.</summary>
    public static int randint_int(int low, int high, Generator? generator = null)
    {
        using var t = randint(low, high, Size.Empty, generator: generator);
        return (int)t.item<long>();
    }

    /// <summary>One integer from 0 up to but not <paramref name="high"/>.</summary>
    public static int randint_int(int high, Generator? generator = null) => randint_int(0, high, generator);
}
