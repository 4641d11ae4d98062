using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A view of one index of the first dimensions; or, set, a copy into it.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Put(value, i1);
        }

        /// <inheritdoc cref="this[long]"/>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => Pick(i1, i2);
            set => Put(value, i1, i2);
        }

        /// <inheritdoc cref="this[long]"/>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => Pick(i1, i2, i3);
            set => Put(value, i1, i2, i3);
        }

        /// <inheritdoc cref="this[long]"/>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => Pick(i1, i2, i3, i4);
            set => Put(value, i1, i2, i3, i4);
        }

        /// <inheritdoc cref="this[long]"/>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => Pick(i1, i2, i3, i4, i5);
            set => Put(value, i1, i2, i3, i4, i5);
        }

        /// <inheritdoc cref="this[long]"/>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => Pick(i1, i2, i3, i4, i5, i6);
            set => Put(value, i1, i2, i3, i4, i5, i6);
        }

        /// <inheritdoc cref="this[long]"/>
        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => Pick(indices);
            set => Put(value, indices);
        }

        /// <summary>What the indices pick, as in Python; or, set, a copy into it.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>What the tensors of indices or truths pick; or, set, a copy into it.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>What the indices pick, as in Python: a view, or a copy where a tensor is among them.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            using var walk = new IndexWalk(this, indices);
            return walk.Picks is { } picks ? Op.Call(Ops.index_Tensor, walk.View, picks) : walk.TakeView();
        }

        /// <summary>What the tensors of indices or truths pick.</summary>
        public Tensor index(params Tensor[] indices) => Op.Call(Ops.index_Tensor, this, indices);

        /// <summary>In place: the value into what the indices pick.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        /// <summary>In place: the value into, or added to, what the indices pick.</summary>
        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            using var walk = new IndexWalk(this, indices);
            if (walk.Picks is { } picks) Op.Do(Ops.index_put_, walk.View, picks, value, accumulate);
            else if (accumulate) walk.View.add_(value);
            else walk.View.copy_(value);
            return this;
        }

        /// <summary>In place: the value into what the tensors pick.</summary>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        /// <summary>In place: the value into, or added to, what the tensors pick.</summary>
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            InPlace(Ops.index_put_, this, indices, value, accumulate);

        /// <summary>In place: the number into what the indices pick.</summary>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var v = full([], value, dtype, device);
            return index_put_(v, indices, false);
        }

        /// <summary>In place: the number into what the tensors pick.</summary>
        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using var v = full([], value, dtype, device);
            return index_put_(v, indices, false);
        }

        private Tensor Pick(params ReadOnlySpan<long> indices)
        {
            Tensor at = indices.Length > 0 ? select(0, indices[0]) : alias();
            foreach (long i in indices[Math.Min(1, indices.Length)..])
            {
                var outer = at;
                at = outer.select(0, i);
                outer.Dispose();
            }
            return at;
        }

        private void Put(Tensor value, params ReadOnlySpan<long> indices)
        {
            using var at = Pick(indices);
            at.copy_(value);
        }
    }
}
