namespace TorchSharp;

public static partial class torch
{
    // Products and matrices.
    public partial class Tensor
    {
        /// <summary>The matrix product, batched and broadcast.</summary>
        public Tensor matmul(Tensor target) => Op.Call(Ops.matmul, this, target);

        /// <summary>The product of two matrices.</summary>
        public Tensor mm(Tensor target) => Op.Call(Ops.mm, this, target);

        /// <summary>The product of a matrix and a vector.</summary>
        public Tensor mv(Tensor target) => Op.Call(Ops.mv, this, target);

        /// <summary>The products of two batches of matrices.</summary>
        public Tensor bmm(Tensor batch2) => Op.Call(Ops.bmm, this, batch2);

        /// <summary>The inner product of two vectors.</summary>
        public Tensor dot(Tensor target) => Op.Call(Ops.dot, this, target);

        /// <summary>The inner product of two vectors.</summary>
        public Tensor vdot(Tensor target) => Op.Call(Ops.vdot, this, target);

        /// <summary>The inner product over the last dimension.</summary>
        public Tensor inner(Tensor vec2) => Op.Call(Ops.inner, this, vec2);

        /// <summary>The outer product of two vectors.</summary>
        public Tensor outer(Tensor vec2) => Op.Call(Ops.outer, this, vec2);

        /// <summary>The outer product of two vectors.</summary>
        public Tensor ger(Tensor vec2) => outer(vec2);

        /// <summary>The Kronecker product.</summary>
        public Tensor kron(Tensor other) => Op.Call(Ops.kron, this, other);

        /// <summary>β times this plus α times the matrix product.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) =>
            Op.Call(Ops.addmm, this, mat1, mat2, beta, alpha);

        /// <summary>In place: β times this plus α times the matrix product.</summary>
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) =>
            InPlace(Ops.addmm_, this, mat1, mat2, beta, alpha);

        /// <summary>β times this plus α times the summed products of two batches.</summary>
        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            Op.Call(Ops.addbmm, this, batch1, batch2, beta, alpha);

        /// <summary>In place: β times this plus α times the summed products of two batches.</summary>
        public Tensor addbmm_(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            InPlace(Ops.addbmm_, this, batch1, batch2, beta, alpha);

        /// <summary>β times this plus α times matrix times vector.</summary>
        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) => Op.Call(Ops.addmv, this, mat, vec, beta, alpha);

        /// <summary>In place: β times this plus α times matrix times vector.</summary>
        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) => InPlace(Ops.addmv_, this, mat, vec, beta, alpha);

        /// <summary>β times this plus α times the outer product.</summary>
        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) => Op.Call(Ops.addr, this, vec1, vec2, beta, alpha);

        /// <summary>In place: β times this plus α times the outer product.</summary>
        public Tensor addr_(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) =>
            InPlace(Ops.addr_, this, vec1, vec2, beta, alpha);

        /// <summary>β times this plus α times the products of two batches.</summary>
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            Op.Call(Ops.baddbmm, this, batch1, batch2, beta, alpha);

        /// <summary>The determinant.</summary>
        public Tensor det() => Op.Call(Ops.det, this);

        /// <summary>The logarithm of the determinant.</summary>
        public Tensor logdet() => Op.Call(Ops.logdet, this);

        /// <summary>The inverse matrix.</summary>
        public Tensor inverse() => Op.Call(Ops.inverse, this);

        /// <summary>The pseudo-inverse.</summary>
        public Tensor pinverse(double rcond = 1e-15, bool hermitian = false) => Op.Call(Ops.linalg_pinv, this, rcond, hermitian);

        /// <summary>The matrix exponential.</summary>
        public Tensor matrix_exp() => Op.Call(Ops.matrix_exp, this);

        /// <summary>The matrix to an integer power.</summary>
        public Tensor matrix_power(int n) => Op.Call(Ops.matrix_power, this, n);

        /// <summary>The lower factor of a positive-definite matrix.</summary>
        public Tensor cholesky(bool upper = false) => Op.Call(Ops.cholesky, this, upper);

        /// <summary>The inverse, from the factor.</summary>
        public Tensor cholesky_inverse(bool upper = false) => Op.Call(Ops.cholesky_inverse, this, upper);

        /// <summary>The solution, from the factor.</summary>
        public Tensor cholesky_solve(Tensor input2, bool upper = false) => Op.Call(Ops.cholesky_solve, this, input2, upper);

        /// <summary>The contraction over the given dimensions.</summary>
        public Tensor tensordot(Tensor b, long dims = 2) => tensordot(b, Tail(ndim, dims), Head(dims));

        /// <summary>The contraction over the given dimensions.</summary>
        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2) => Op.Call(Ops.tensordot, this, b, dims1, dims2);
    }
}
