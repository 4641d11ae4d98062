namespace TorchSharp;

public static partial class torch
{
    /// <summary>One after the other along an existing dimension.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Op.Call(Ops.cat, AsArray(tensors), dim);

    /// <inheritdoc cref="cat(IList{Tensor}, long)"/>
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Op.Call(Ops.cat, tensors, dim);

    /// <inheritdoc cref="cat(IList{Tensor}, long)"/>
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Op.Call(Ops.cat, tensors.ToArray(), dim);

    /// <inheritdoc cref="cat(IList{Tensor}, long)"/>
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    /// <inheritdoc cref="cat(IList{Tensor}, long)"/>
    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    /// <inheritdoc cref="cat(IList{Tensor}, long)"/>
    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    /// <inheritdoc cref="cat(IList{Tensor}, long)"/>
    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    /// <inheritdoc cref="cat(IList{Tensor}, long)"/>
    public static Tensor concatenate(Tensor[] tensors, long axis = 0) => cat(tensors, axis);

    /// <inheritdoc cref="cat(IList{Tensor}, long)"/>
    public static Tensor concatenate(ReadOnlySpan<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    /// <summary>Side by side along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Op.Call(Ops.stack, tensors.ToArray(), dim);

    /// <summary>Along the second dimension, or the first of vectors.</summary>
    public static Tensor hstack(IList<Tensor> tensors) => Op.Call(Ops.hstack, AsArray(tensors));

    /// <inheritdoc cref="hstack(IList{Tensor})"/>
    public static Tensor hstack(params Tensor[] tensors) => Op.Call(Ops.hstack, tensors);

    /// <inheritdoc cref="hstack(IList{Tensor})"/>
    public static Tensor hstack(IEnumerable<Tensor> tensors) => Op.Call(Ops.hstack, tensors.ToArray());

    /// <inheritdoc cref="hstack(IList{Tensor})"/>
    public static Tensor hstack(ReadOnlySpan<Tensor> tensors) => Op.Call(Ops.hstack, tensors.ToArray());

    /// <summary>Along the first dimension, vectors as rows.</summary>
    public static Tensor vstack(IList<Tensor> tensors) => Op.Call(Ops.vstack, AsArray(tensors));

    /// <inheritdoc cref="vstack(IList{Tensor})"/>
    public static Tensor vstack(Tensor[] tensors) => Op.Call(Ops.vstack, tensors);

    /// <inheritdoc cref="vstack(IList{Tensor})"/>
    public static Tensor vstack(ReadOnlySpan<Tensor> tensors) => Op.Call(Ops.vstack, tensors.ToArray());

    /// <summary>Along the third dimension.</summary>
    public static Tensor dstack(params Tensor[] tensors) => Op.Call(Ops.dstack, tensors);

    /// <inheritdoc cref="dstack(Tensor[])"/>
    public static Tensor dstack(IList<Tensor> tensors) => Op.Call(Ops.dstack, AsArray(tensors));

    /// <inheritdoc cref="dstack(Tensor[])"/>
    public static Tensor dstack(ReadOnlySpan<Tensor> tensors) => Op.Call(Ops.dstack, tensors.ToArray());

    /// <inheritdoc cref="dstack(Tensor[])"/>
    public static Tensor dstack(IEnumerable<Tensor> tensors) => Op.Call(Ops.dstack, tensors.ToArray());

    /// <summary>Vectors and matrices side by side as columns.</summary>
    public static Tensor column_stack(params Tensor[] tensors) => Op.Call(Ops.column_stack, tensors);

    /// <inheritdoc cref="column_stack(Tensor[])"/>
    public static Tensor column_stack(IList<Tensor> tensors) => Op.Call(Ops.column_stack, AsArray(tensors));

    /// <inheritdoc cref="column_stack(Tensor[])"/>
    public static Tensor column_stack(ReadOnlySpan<Tensor> tensors) => Op.Call(Ops.column_stack, tensors.ToArray());

    /// <summary>Along the first dimension, vectors as rows.</summary>
    public static Tensor row_stack(params Tensor[] tensors) => Op.Call(Ops.vstack, tensors);

    /// <inheritdoc cref="row_stack(Tensor[])"/>
    public static Tensor row_stack(IList<Tensor> tensors) => Op.Call(Ops.vstack, AsArray(tensors));

    /// <inheritdoc cref="row_stack(Tensor[])"/>
    public static Tensor row_stack(ReadOnlySpan<Tensor> tensors) => Op.Call(Ops.vstack, tensors.ToArray());

    /// <summary>Every combination of one element of each.</summary>
    public static Tensor cartesian_prod(IList<Tensor> tensors) => Op.Call(Ops.cartesian_prod, AsArray(tensors));

    /// <inheritdoc cref="cartesian_prod(IList{Tensor})"/>
    public static Tensor cartesian_prod(params Tensor[] tensors) => Op.Call(Ops.cartesian_prod, tensors);

    /// <inheritdoc cref="cartesian_prod(IList{Tensor})"/>
    public static Tensor cartesian_prod(ReadOnlySpan<Tensor> tensors) => Op.Call(Ops.cartesian_prod, tensors.ToArray());

    /// <summary>The tensors as blocks on the diagonal of a matrix.</summary>
    public static Tensor block_diag(params Tensor[] tensors) => Op.Call(Ops.block_diag, tensors);

    /// <summary>The grids that the vectors span, one for each; <c>xy</c> exchanges the first two dimensions.</summary>
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") =>
        Op.CallList(Ops.meshgrid_indexing, tensors.ToArray(), indexing);

    /// <summary>All expanded to one shape.</summary>
    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Op.CallList(Ops.broadcast_tensors, tensors);

    /// <summary>Einstein's summation.</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors) => Op.Call(Ops.einsum, equation, tensors);

    private static Tensor[] AsArray(IList<Tensor> tensors) => tensors as Tensor[] ?? [.. tensors];
}
