namespace TorchSharp;

public static partial class torch
{
    // Elements picked and put by index or mask.
    public partial class Tensor
    {
        /// <summary>Slices of one dimension, by indices.</summary>
        public Tensor index_select(long dim, Tensor index) => Op.Call(Ops.index_select, this, dim, index);

        /// <summary>Elements of the flattened tensor, by indices.</summary>
        public Tensor take(Tensor index) => Op.Call(Ops.take, this, index);

        /// <summary>Elements picked along a dimension by an index of the same shape.</summary>
        public Tensor take_along_dim(Tensor indices) => Op.Call(Ops.take_along_dim, this, indices);

        /// <summary>Elements picked along a dimension by an index of the same shape.</summary>
        public Tensor take_along_dim(Tensor indices, long dim) => Op.Call(Ops.take_along_dim, this, indices, dim);

        /// <summary>Elements picked along a dimension, by indices.</summary>
        public Tensor gather(long dim, Tensor index) => Op.Call(Ops.gather, this, dim, index);

        /// <summary>Elements put along a dimension, by indices.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => Op.Call(Ops.scatter_src, this, dim, index, src);

        /// <summary>In place: elements put along a dimension, by indices.</summary>
        public Tensor scatter_(long dim, Tensor index, Tensor src) => InPlace(Ops.scatter__src, this, dim, index, src);

        /// <summary>Elements added along a dimension, by indices.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Op.Call(Ops.scatter_add, this, dim, index, src);

        /// <summary>In place: elements added along a dimension, by indices.</summary>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => InPlace(Ops.scatter_add_, this, dim, index, src);

        /// <summary>Slices added along a dimension, by indices.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Op.Call(Ops.index_add, this, dim, index, source, alpha);

        /// <summary>In place: slices added along a dimension, by indices.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            InPlace(Ops.index_add_, this, dim, index, source, alpha);

        /// <summary>Slices put along a dimension, by indices.</summary>
        public Tensor index_copy(long dim, Tensor index, Tensor source) => Op.Call(Ops.index_copy, this, dim, index, source);

        /// <summary>In place: slices put along a dimension, by indices.</summary>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => InPlace(Ops.index_copy_, this, dim, index, source);

        /// <summary>Slices filled along a dimension, by indices.</summary>
        public Tensor index_fill(long dim, Tensor index, Scalar value) => Op.Call(Ops.index_fill_int_Scalar, this, dim, index, value);

        /// <summary>In place: slices filled along a dimension, by indices.</summary>
        public Tensor index_fill_(long dim, Tensor index, Scalar value) => InPlace(Ops.index_fill__int_Scalar, this, dim, index, value);

        /// <summary>The value where the mask is true.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => Op.Call(Ops.masked_fill_Scalar, this, mask, value);

        /// <summary>In place: the value where the mask is true.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value) => InPlace(Ops.masked_fill__Scalar, this, mask, value);

        /// <summary>The source's elements in turn where the mask is true.</summary>
        public Tensor masked_scatter(Tensor mask, Tensor value) => Op.Call(Ops.masked_scatter, this, mask, value);

        /// <summary>In place: the source's elements in turn where the mask is true.</summary>
        public Tensor masked_scatter_(Tensor mask, Tensor value) => InPlace(Ops.masked_scatter_, this, mask, value);

        /// <summary>The elements where the mask is true.</summary>
        public Tensor masked_select(Tensor mask) => Op.Call(Ops.masked_select, this, mask);

        /// <summary>The source put at one index of one dimension.</summary>
        public Tensor select_scatter(Tensor src, long dim, long index) => Op.Call(Ops.select_scatter, this, src, dim, index);

        /// <summary>The source put into a piece of one dimension.</summary>
        public Tensor slice_scatter(Tensor src, long dim = 0, long? start = null, long? end = null, long step = 1) =>
            Op.Call(Ops.slice_scatter, this, src, dim, start, end, step);

        /// <summary>The source put on a diagonal.</summary>
        public Tensor diagonal_scatter(Tensor src, long offset = 0, long dim1 = 0, long dim2 = 1) =>
            Op.Call(Ops.diagonal_scatter, this, src, offset, dim1, dim2);

        /// <summary>This where the condition is true, otherwise <paramref name="y"/>.</summary>
        public Tensor where(Tensor condition, Tensor y) => Op.Call(Ops.where_self, condition, this, y);
    }
}
