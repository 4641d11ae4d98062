namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra, batched over leading dimensions.</summary>
    public static partial class linalg
    {
        /// <summary>Which factors of QR are wanted.</summary>
        public enum QRMode
        {
            /// <summary>Q with as many columns as the matrix's smaller side.</summary>
            Reduced = 0,
            /// <summary>A square Q.</summary>
            Complete = 1,
            /// <summary>Only R.</summary>
            R = 2
        }

        /// <summary>The lower factor of a positive-definite matrix.</summary>
        public static Tensor cholesky(Tensor input) => Op.Call(Ops.linalg_cholesky, input);

        /// <summary>The condition number in the p-norm.</summary>
        public static Tensor cond(Tensor input, double p) => Op.Call(Ops.linalg_cond, input, p);

        /// <inheritdoc cref="cond(Tensor, double)"/>
        public static Tensor cond(Tensor input, int p) => Op.Call(Ops.linalg_cond, input, (double)p);

        /// <inheritdoc cref="cond(Tensor, double)"/>
        public static Tensor cond(Tensor input, string p) => Op.Call(Ops.linalg_cond_p_str, input, p);

        /// <summary>The condition number in the 2-norm.</summary>
        public static Tensor cond(Tensor input) => Op.Call(Ops.linalg_cond, input);

        /// <summary>The cross product of vectors of three.</summary>
        public static Tensor cross(Tensor input, Tensor other, long dim = -1) => Op.Call(Ops.linalg_cross, input, other, ("dim", dim));

        /// <summary>The determinant.</summary>
        public static Tensor det(Tensor input) => Op.Call(Ops.linalg_det, input);

        /// <summary>Sign and logarithm of the determinant.</summary>
        public static (Tensor, Tensor) slogdet(Tensor input) => Op.Call2(Ops.linalg_slogdet, input);

        /// <summary>The diagonals over two dimensions.</summary>
        public static Tensor diagonal(Tensor input, int offset = 0, int dim1 = -2, int dim2 = -1) => input.diagonal(offset, dim1, dim2);

        /// <summary>Eigenvalues, ascending, and eigenvectors of a symmetric matrix, of which one triangle is read.</summary>
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Op.Call2(Ops.linalg_eigh, input, UPLO.ToString());

        /// <summary>Eigenvalues, ascending, of a symmetric matrix.</summary>
        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Op.Call(Ops.linalg_eigvalsh, input, UPLO.ToString());

        /// <summary>Eigenvalues, complex, and eigenvectors.</summary>
        public static (Tensor, Tensor) eig(Tensor input) => Op.Call2(Ops.linalg_eig, input);

        /// <summary>Eigenvalues, complex.</summary>
        public static Tensor eigvals(Tensor input) => Op.Call(Ops.linalg_eigvals, input);

        /// <summary>The inverse.</summary>
        public static Tensor inv(Tensor input) => Op.Call(Ops.linalg_inv, input);

        /// <summary>The least-squares solution, residuals, rank and singular values.</summary>
        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(Tensor input, Tensor other) =>
            Four(Op.Many(Ops.linalg_lstsq, input, other));

        /// <inheritdoc cref="lstsq(Tensor, Tensor)"/>
        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(
            Tensor input, Tensor other, double rcond) =>
            Four(Op.Many(Ops.linalg_lstsq, input, other, rcond));

        /// <summary>Permutation, lower and upper factor.</summary>
        public static (Tensor P, Tensor L, Tensor U) lu(Tensor input, bool pivot = true) =>
            Op.Call3(Ops.linalg_lu, input, ("pivot", pivot));

        /// <summary>The matrix exponential.</summary>
        public static Tensor matrix_exp(Tensor input) => Op.Call(Ops.linalg_matrix_exp, input);

        /// <summary>A norm of the matrix over two dimensions: fro or nuc.</summary>
        public static Tensor matrix_norm(Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false) =>
            Op.Call(Ops.linalg_matrix_norm_str_ord, input, ord, dims ?? LastTwo, keepdim);

        /// <summary>A norm of the matrix over two dimensions: ±1, ±2 or ±∞.</summary>
        public static Tensor matrix_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Op.Call(Ops.linalg_matrix_norm, input, ord, dims ?? LastTwo, keepdim);

        /// <summary>How many singular values are above the tolerance.</summary>
        public static Tensor matrix_rank(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Op.Call(Ops.linalg_matrix_rank_atol_rtol_float, input, ("atol", atol), ("rtol", rtol), ("hermitian", hermitian));

        /// <summary>The product of several matrices, in the cheapest order.</summary>
        public static Tensor multi_dot(IList<Tensor> tensors) => Op.Call(Ops.linalg_multi_dot, AsArray(tensors));

        /// <summary>A named norm: fro or nuc.</summary>
        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            Op.Call(Ops.linalg_norm_ord_str, input, ord, dims, keepdim);

        /// <summary>A norm of vectors or matrices, by the number of dimensions.</summary>
        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Op.Call(Ops.linalg_norm, input, ord, dims, keepdim);

        /// <inheritdoc cref="norm(Tensor, double, long[], bool)"/>
        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) =>
            Op.Call(Ops.linalg_norm, input, ord, dims, keepdim);

        /// <summary>The Euclidean or Frobenius norm.</summary>
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Op.Call(Ops.linalg_norm, input, Arg.None, dims, keepdim);

        /// <summary>The pseudo-inverse.</summary>
        public static Tensor pinv(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Op.Call(Ops.linalg_pinv_atol_rtol_float, input, ("atol", atol), ("rtol", rtol), ("hermitian", hermitian));

        /// <summary>An orthonormal and an upper triangular factor.</summary>
        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) =>
            Op.Call2(Ops.linalg_qr, input, mode.ToString().ToLowerInvariant());

        /// <summary>X with A X = B, or X A = B.</summary>
        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Op.Call(Ops.linalg_solve, A, B, ("left", left));

        /// <summary>X with A X = B for a triangular A.</summary>
        public static Tensor solve_triangular(
            Tensor A, Tensor B, bool upper, bool left = true, bool unitriangular = false, Tensor? @out = null)
        {
            if (@out is null)
                return Op.Call(Ops.linalg_solve_triangular, A, B, ("upper", upper), ("left", left), ("unitriangular", unitriangular));
            Op.Do(Ops.linalg_solve_triangular_out, A, B, ("upper", upper), ("left", left), ("unitriangular", unitriangular), ("out", @out));
            return @out;
        }

        /// <summary>U, the singular values in descending order, and V transposed.</summary>
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) =>
            Op.Call3(Ops.linalg_svd, input, fullMatrices);

        /// <summary>The singular values in descending order.</summary>
        public static Tensor svdvals(Tensor input) => Op.Call(Ops.linalg_svdvals, input);

        /// <summary>The p-norm of vectors.</summary>
        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) =>
            Op.Call(Ops.linalg_vector_norm, input, ord, dims, keepdim);

        /// <summary>The inner products along one dimension.</summary>
        public static Tensor vecdot(Tensor x, Tensor y, long dim = -1, Tensor? @out = null)
        {
            if (@out is null) return Op.Call(Ops.linalg_vecdot, x, y, ("dim", dim));
            Op.Do(Ops.linalg_vecdot_out, x, y, ("dim", dim), ("out", @out));
            return @out;
        }

        private static long[] LastTwo => [-2, -1];

        private static (Tensor, Tensor, Tensor, Tensor) Four(Tensor?[] t) => (t[0]!, t[1]!, t[2]!, t[3]!);
    }
}
