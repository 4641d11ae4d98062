using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Operators;

internal static partial class OperatorCases
{
    private static readonly Dictionary<string, Case> LinearAlgebra = new()
    {
        ["matmul"] = x => Out(x[0].matmul(x[1])),
        ["mm"] = x => Out(x[0].mm(x[1])),
        ["mv"] = x => Out(x[0].mv(x[1])),
        ["bmm"] = x => Out(x[0].bmm(x[1])),
        ["dot"] = x => Out(x[0].dot(x[1])),
        ["vdot"] = x => Out(x[0].vdot(x[1])),
        ["inner"] = x => Out(x[0].inner(x[1])),
        ["outer"] = x => Out(x[0].outer(x[1])),
        ["ger"] = x => Out(x[0].ger(x[1])),
        ["kron"] = x => Out(x[0].kron(x[1])),
        ["addmm"] = x => Out(x[0].addmm(x[1], x[2], 0.5f, 2)),
        ["addbmm"] = x => Out(x[0].addbmm(x[1], x[2], 0.5f, 2)),
        ["addmv"] = x => Out(x[0].addmv(x[1], x[2], 0.5f, 2)),
        ["addr"] = x => Out(x[0].addr(x[1], x[2], 0.5f, 2)),
        ["baddbmm"] = x => Out(x[0].baddbmm(x[1], x[2], 0.5f, 2)),
        ["addmm_"] = x => Out(x[0].clone().addmm_(x[1], x[2], 0.5f, 2)),
        ["addbmm_"] = x => Out(x[0].clone().addbmm_(x[1], x[2], 0.5f, 2)),
        ["addmv_"] = x => Out(x[0].clone().addmv_(x[1], x[2], 0.5f, 2)),
        ["addr_"] = x => Out(x[0].clone().addr_(x[1], x[2], 0.5f, 2)),
        ["det"] = x => Out(x[0].det()),
        ["logdet"] = x => Out(x[0].logdet()),
        ["inverse"] = x => Out(x[0].inverse()),
        ["pinverse"] = x => Out(x[0].pinverse()),
        ["matrix_exp"] = x => Out(x[0].matrix_exp()),
        ["matrix_power"] = x => Out(x[0].matrix_power(3)),
        ["cholesky"] = x => Out(x[0].cholesky()),
        ["cholesky_inverse"] = x => Out(x[0].cholesky_inverse()),
        ["cholesky_solve"] = x => Out(x[0].cholesky_solve(x[1])),
        ["tensordot"] = x => [x[0].tensordot(x[1], 2), x[0].tensordot(x[1], [2, 0], [1, 2])],
        ["linalg.cholesky"] = x => Out(linalg.cholesky(x[0])),
        ["linalg.cond"] = x => [linalg.cond(x[0].detach()), linalg.cond(x[0].detach(), 1), linalg.cond(x[0].detach(), "fro")],
        ["linalg.cross"] = x => Out(linalg.cross(x[0], x[1])),
        ["linalg.det"] = x => Out(linalg.det(x[0])),
        ["linalg.slogdet"] = x => Out(Two(linalg.slogdet(x[0]))),
        ["linalg.diagonal"] = x => Out(linalg.diagonal(x[0])),
        ["linalg.eigh"] = x => [linalg.eigh(x[0]).Item1, linalg.eigh(x[0]).Item2.abs()],
        ["linalg.eigvalsh"] = x => Out(linalg.eigvalsh(x[0])),
        ["linalg.inv"] = x => Out(linalg.inv(x[0])),
        ["linalg.lstsq"] = x => Out(linalg.lstsq(x[0], x[1]).Solution),
        ["linalg.lu"] = x => Out(Three(linalg.lu(x[0]))),
        ["linalg.matrix_exp"] = x => Out(linalg.matrix_exp(x[0])),
        ["linalg.matrix_norm"] = x =>
        [
            linalg.matrix_norm(x[0]), linalg.matrix_norm(x[0], "nuc"), linalg.matrix_norm(x[0], 2),
            linalg.matrix_norm(x[0], double.PositiveInfinity)
        ],
        ["linalg.matrix_rank"] = x => Out(linalg.matrix_rank(x[0])),
        ["linalg.multi_dot"] = x => Out(linalg.multi_dot(x)),
        ["linalg.norm"] = x => [linalg.norm(x[0]), linalg.norm(x[0], "fro"), linalg.norm(x[0], 1, [1]), linalg.norm(x[0], 2.5, [0], true)],
        ["linalg.pinv"] = x => Out(linalg.pinv(x[0])),
        ["linalg.qr"] = x => Out(Two(linalg.qr(x[0]))),
        ["linalg.qr/complete"] = x =>
        [
            linalg.qr(x[0], linalg.QRMode.Complete).Q.detach(), linalg.qr(x[0], linalg.QRMode.Complete).R.detach()
        ],
        ["linalg.solve"] = x => Out(linalg.solve(x[0], x[1])),
        ["linalg.solve_triangular"] = x => Out(linalg.solve_triangular(x[0], x[1], upper: false)),
        ["linalg.svd"] = x => [linalg.svd(x[0], false).S, linalg.svd(x[0]).U.detach().abs()],
        ["linalg.svdvals"] = x => Out(linalg.svdvals(x[0])),
        ["linalg.vector_norm"] = x => [linalg.vector_norm(x[0]), linalg.vector_norm(x[0], 3, [1], true)],
        ["linalg.vecdot"] = x => Out(linalg.vecdot(x[0], x[1])),
    };
}
