namespace TorchSharp;

public static partial class torch
{
    // Views, rearrangements and repetitions.
    public partial class Tensor
    {
        /// <summary>The same elements in another shape; one -1 is worked out.</summary>
        public Tensor reshape(params long[] shape) => Op.Call(Ops.reshape, this, shape);

        /// <summary>The same memory in another shape; one -1 is worked out.</summary>
        public Tensor view(params long[] shape) => Op.Call(Ops.view, this, shape);

        /// <summary>The same memory in the other's shape.</summary>
        public Tensor view_as(Tensor other) => Op.Call(Ops.view_as, this, other);

        /// <summary>Dimensions from one to another made one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Op.Call(Ops.flatten_using_ints, this, start_dim, end_dim);

        /// <summary>One dimension made several.</summary>
        public Tensor unflatten(long dim, Size sizes) => unflatten(dim, sizes.Shape);

        /// <summary>One dimension made several.</summary>
        public Tensor unflatten(long dim, params long[] sizes) => Op.Call(Ops.unflatten_int, this, dim, sizes);

        /// <summary>All in one dimension.</summary>
        public Tensor ravel() => Op.Call(Ops.ravel, this);

        /// <summary>Dimensions of length one dropped.</summary>
        public Tensor squeeze(long? dim = null) => dim is { } d ? Op.Call(Ops.squeeze_dim, this, d) : Op.Call(Ops.squeeze, this);

        /// <summary>In place: dimensions of length one dropped.</summary>
        public Tensor squeeze_(long? dim = null) => dim is { } d ? InPlace(Ops.squeeze__dim, this, d) : InPlace(Ops.squeeze_, this);

        /// <summary>A new dimension of length one.</summary>
        public Tensor unsqueeze(long dim) => Op.Call(Ops.unsqueeze, this, dim);

        /// <summary>In place: a new dimension of length one.</summary>
        public Tensor unsqueeze_(long dim) => InPlace(Ops.unsqueeze_, this, dim);

        /// <summary>The transposed matrix.</summary>
        public Tensor t() => Op.Call(Ops.t, this);

        /// <summary>Two dimensions exchanged.</summary>
        public Tensor transpose(long dim0, long dim1) => Op.Call(Ops.transpose_int, this, dim0, dim1);

        /// <summary>In place: two dimensions exchanged.</summary>
        public Tensor transpose_(long dim0, long dim1) => InPlace(Ops.transpose_, this, dim0, dim1);

        /// <summary>Two dimensions exchanged.</summary>
        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        /// <summary>Two dimensions exchanged.</summary>
        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        /// <summary>The dimensions in another order.</summary>
        public Tensor permute(IEnumerable<long> permutation) => permute([.. permutation]);

        /// <summary>The dimensions in another order.</summary>
        public Tensor permute(params long[] permutation) => Op.Call(Ops.permute, this, permutation);

        /// <summary>Dimensions moved elsewhere.</summary>
        public Tensor movedim(long[] source, long[] destination) => Op.Call(Ops.movedim_intlist, this, source, destination);

        /// <summary>Dimensions moved elsewhere.</summary>
        public Tensor moveaxis(long[] source, long[] destination) => movedim(source, destination);

        /// <summary>Dimensions of length one repeated without copying; -1 leaves one alone.</summary>
        public Tensor expand(params long[] sizes) => Op.Call(Ops.expand, this, sizes);

        /// <summary>Dimensions of length one repeated without copying; -1 leaves one alone.</summary>
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) =>
            Op.Call(Ops.expand, this, sizes, ("implicit", isImplicit));

        /// <summary>Dimensions of length one repeated without copying; -1 leaves one alone.</summary>
        public Tensor expand(Size sizes, bool isImplicit = false) => Op.Call(Ops.expand, this, sizes.Shape, ("implicit", isImplicit));

        /// <summary>Dimensions of length one repeated without copying; -1 leaves one alone.</summary>
        public Tensor expand(long[] sizes, bool isImplicit = false) => Op.Call(Ops.expand, this, sizes, ("implicit", isImplicit));

        /// <summary>Expanded to the other's shape.</summary>
        public Tensor expand_as(Tensor other) => Op.Call(Ops.expand_as, this, other);

        /// <summary>Expanded to that shape.</summary>
        public Tensor broadcast_to(params long[] shape) => Op.Call(Ops.broadcast_to, this, shape);

        /// <summary>Copies side by side along every dimension.</summary>
        public Tensor repeat(params long[] sizes) => Op.Call(Ops.repeat, this, sizes);

        /// <summary>Every element repeated.</summary>
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Op.Call(Ops.repeat_interleave_self_Tensor, this, repeats, dim, ("output_size", output_size));

        /// <summary>Every element repeated.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Op.Call(Ops.repeat_interleave_self_int, this, repeats, dim, ("output_size", output_size));

        /// <summary>Copies side by side along every dimension.</summary>
        public Tensor tile(long[] reps) => Op.Call(Ops.tile, this, reps);

        /// <summary>The order along the dimensions reversed.</summary>
        public Tensor flip(params long[] dims) => Op.Call(Ops.flip, this, dims);

        /// <summary>Columns in reverse order.</summary>
        public Tensor fliplr() => Op.Call(Ops.fliplr, this);

        /// <summary>Rows in reverse order.</summary>
        public Tensor flipud() => Op.Call(Ops.flipud, this);

        /// <summary>Shifted around along the dimensions.</summary>
        public Tensor roll(long[] shifts) => Op.Call(Ops.roll, this, shifts);

        /// <summary>Shifted around along the dimensions.</summary>
        public Tensor roll((long, long) shifts, (long, long) dims) =>
            Op.Call(Ops.roll, this, Dims(shifts.Item1, shifts.Item2), Dims(dims.Item1, dims.Item2));

        /// <summary>Shifted around along the dimensions.</summary>
        public Tensor roll((long, long, long) shifts, (long, long, long) dims) =>
            Op.Call(Ops.roll, this, Dims(shifts.Item1, shifts.Item2, shifts.Item3), Dims(dims.Item1, dims.Item2, dims.Item3));

        /// <summary>Shifted around along the dimensions.</summary>
        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => Op.Call(Ops.roll, this, shifts, dims);

        /// <summary>Shifted around along the dimensions.</summary>
        public Tensor roll(long shifts, long? dims = null) => Op.Call(Ops.roll, this, Dims(shifts), dims is { } d ? Dims(d) : Dims());

        /// <summary>Shifted around along the dimensions.</summary>
        public Tensor roll(long[] shifts, long[] dims) => Op.Call(Ops.roll, this, shifts, dims);

        /// <summary>Turned by quarter turns in a plane.</summary>
        public Tensor rot90(long k = 1, (long, long)? dims = null) =>
            Op.Call(Ops.rot90, this, k, dims is { } d ? Dims(d.Item1, d.Item2) : Dims(0, 1));

        /// <summary>Cut into that many pieces.</summary>
        public Tensor[] chunk(long chunks, long dim = 0) => Op.CallList(Ops.chunk, this, chunks, dim);

        /// <summary>Cut into pieces of that size or of those sizes.</summary>
        public Tensor[] split(params long[] sizes) => Op.CallList(Ops.split_with_sizes, this, sizes);

        /// <summary>Cut into pieces of that size or of those sizes.</summary>
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Op.CallList(Ops.split_with_sizes, this, sizes, dim);

        /// <summary>Cut into pieces of that size or of those sizes.</summary>
        public Tensor[] split(long size, int dim = 0) => Op.CallList(Ops.split_Tensor, this, size, dim);

        /// <summary>Cut into pieces of that size or of those sizes.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => Op.CallList(Ops.split_with_sizes, this, sizes, dim);

        /// <summary>Cut into that many pieces or at those indices.</summary>
        public Tensor[] tensor_split(Tensor indices, long dim = 0) =>
            Op.CallList(Ops.tensor_split_tensor_indices_or_sections, this, indices, dim);

        /// <summary>Cut into that many pieces or at those indices.</summary>
        public Tensor[] tensor_split(long size, long dim = 0) => Op.CallList(Ops.tensor_split_sections, this, size, dim);

        /// <summary>Cut into that many pieces or at those indices.</summary>
        public Tensor[] tensor_split(long[] sizes, long dim = 0) => Op.CallList(Ops.tensor_split_indices, this, sizes, dim);

        /// <summary>Cut along the second dimension, or the first of a vector.</summary>
        public Tensor[] hsplit(Tensor indices) => tensor_split(indices, ndim == 1 ? 0 : 1);

        /// <summary>Cut along the second dimension, or the first of a vector.</summary>
        public Tensor[] hsplit(long size) => Op.CallList(Ops.hsplit_int, this, size);

        /// <summary>Cut along the second dimension, or the first of a vector.</summary>
        public Tensor[] hsplit(params long[] sizes) => Op.CallList(Ops.hsplit_array, this, sizes);

        /// <summary>Cut along the first dimension.</summary>
        public Tensor[] vsplit(Tensor indices) => tensor_split(indices, 0);

        /// <summary>Cut along the first dimension.</summary>
        public Tensor[] vsplit(long size) => Op.CallList(Ops.vsplit_int, this, size);

        /// <summary>Cut along the first dimension.</summary>
        public Tensor[] vsplit(params long[] sizes) => Op.CallList(Ops.vsplit_array, this, sizes);

        /// <summary>Cut along the third dimension.</summary>
        public Tensor[] dsplit((long, long) indices_or_sections) => dsplit(indices_or_sections.Item1, indices_or_sections.Item2);

        /// <summary>Cut along the third dimension.</summary>
        public Tensor[] dsplit((long, long, long) indices_or_sections) =>
            dsplit(indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3);

        /// <summary>Cut along the third dimension.</summary>
        public Tensor[] dsplit((long, long, long, long) indices_or_sections) =>
            dsplit(indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3, indices_or_sections.Item4);

        /// <summary>Cut along the third dimension.</summary>
        public Tensor[] dsplit(Tensor indices) => tensor_split(indices, 2);

        /// <summary>Cut along the third dimension.</summary>
        public Tensor[] dsplit(long size) => Op.CallList(Ops.dsplit_int, this, size);

        /// <summary>Cut along the third dimension.</summary>
        public Tensor[] dsplit(params long[] sizes) => Op.CallList(Ops.dsplit_array, this, sizes);

        /// <summary>The slices along one dimension.</summary>
        public Tensor[] unbind(long dimension = 0) => Op.CallList(Ops.unbind_int, this, dimension);

        /// <summary>Windows along one dimension, as a new last one.</summary>
        public Tensor unfold(long dimension, long size, long step) => Op.Call(Ops.unfold, this, dimension, size, step);

        /// <summary>A piece of one dimension.</summary>
        public Tensor narrow(long dim, long start, long length) => Op.Call(Ops.narrow, this, dim, start, length);

        /// <summary>A piece of one dimension, with steps.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => Op.Call(Ops.slice_Tensor, this, dim, start, finish, step);

        /// <summary>One index of one dimension.</summary>
        public Tensor select(long dim, long index) => Op.Call(Ops.select_int, this, dim, index);

        /// <summary>The diagonal of a matrix, or the matrix of a diagonal.</summary>
        public Tensor diag(long diagonal = 0) => Op.Call(Ops.diag, this, diagonal);

        /// <summary>Matrices with those diagonals.</summary>
        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Op.Call(Ops.diag_embed, this, offset, dim1, dim2);

        /// <summary>The matrix of a flattened diagonal.</summary>
        public Tensor diagflat(long offset = 0) => Op.Call(Ops.diagflat, this, offset);

        /// <summary>The diagonals over two dimensions.</summary>
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => Op.Call(Ops.diagonal, this, offset, dim1, dim2);

        /// <summary>What is on and below a diagonal, the rest zero.</summary>
        public Tensor tril(long diagonal = 0) => Op.Call(Ops.tril, this, diagonal);

        /// <summary>In place: what is on and below a diagonal, the rest zero.</summary>
        public Tensor tril_(long diagonal = 0) => InPlace(Ops.tril_, this, diagonal);

        /// <summary>What is on and above a diagonal, the rest zero.</summary>
        public Tensor triu(long diagonal = 0) => Op.Call(Ops.triu, this, diagonal);

        /// <summary>In place: what is on and above a diagonal, the rest zero.</summary>
        public Tensor triu_(long diagonal = 0) => InPlace(Ops.triu_, this, diagonal);

        /// <summary>A view by sizes and strides of the storage.</summary>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) =>
            Op.Call(Ops.as_strided, this, size, strides, storageOffset);

        /// <summary>At least one dimension.</summary>
        public Tensor atleast_1d() => Op.Call(Ops.atleast_1d, this);

        /// <summary>At least two dimensions.</summary>
        public Tensor atleast_2d() => Op.Call(Ops.atleast_2d, this);

        /// <summary>At least three dimensions.</summary>
        public Tensor atleast_3d() => Op.Call(Ops.atleast_3d, this);

        /// <summary>Channels of groups interleaved.</summary>
        public Tensor channel_shuffle(long groups) => Op.Call(Ops.channel_shuffle, this, groups);

        /// <summary>The elements in order without gaps, copied if need be.</summary>
        public Tensor contiguous() => Op.Call(Ops.contiguous, this);

        /// <summary>A copy.</summary>
        public Tensor clone() => Op.Call(Ops.clone, this);

        /// <summary>The matrices transposed and conjugated.</summary>
        public Tensor adjoint() => Op.Call(Ops.adjoint, this);
    }
}
