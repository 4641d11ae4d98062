namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// Python's indexing: integers, slices, None and the ellipsis make a view; what tensors and truths pick from it is left for one
    /// call of <c>aten::index</c> or <c>aten::index_put_</c>.
    /// </summary>
    private sealed class IndexWalk : IDisposable
    {
        private readonly List<Tensor> temporaries = [];
        private readonly List<Tensor?> picks = [];
        private bool viewTaken;
        // A mask of several dimensions takes one place in the list: the places fall behind the dimensions.
        private long maskedDims;

        public IndexWalk(Tensor tensor, ReadOnlySpan<TensorIndex> indices)
        {
            View = tensor.alias();
            long dim = 0, left = tensor.ndim - Consumed(indices);
            if (left < 0) throw TooMany(tensor);
            foreach (ref readonly var i in indices)
            {
                switch (i.kind)
                {
                    case TensorIndex.Kind.Single:
                        Step(View.select(dim, i.start ?? throw new ArgumentException("A single index needs a number.")));
                        break;
                    case TensorIndex.Kind.Slice:
                        if (i.start != null || i.stop != null || i.step is not (null or 1))
                            Step(Op.Call(Ops.slice_Tensor, View, dim, i.start, i.stop, i.step ?? 1));
                        dim++;
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        dim += left;
                        left = 0;
                        break;
                    case TensorIndex.Kind.None or TensorIndex.Kind.Null:
                        Step(View.unsqueeze(dim++));
                        break;
                    case TensorIndex.Kind.Bool:
                        Step(View.unsqueeze(dim));
                        Pick(dim++, Temporary(full([1], i.start != 0, ScalarType.Bool)));
                        break;
                    default:
                        var t = i.tensor!;
                        Pick(dim, t);
                        dim += IsMask(t) ? t.ndim : 1;
                        break;
                }
            }
        }

        /// <summary>The view that integers, slices and None make.</summary>
        public Tensor View { get; private set; }

        /// <summary>What picks from the view, null for a whole dimension; null if nothing does.</summary>
        public Tensor?[]? Picks => picks.Count > 0 ? [.. picks] : null;

        public Tensor TakeView()
        {
            viewTaken = true;
            return View;
        }

        public void Dispose()
        {
            if (!viewTaken) View.Dispose();
            foreach (var t in temporaries) t.Dispose();
        }

        private static long Consumed(ReadOnlySpan<TensorIndex> indices)
        {
            long n = 0;
            bool ellipsis = false;
            foreach (ref readonly var i in indices)
            {
                switch (i.kind)
                {
                    case TensorIndex.Kind.Ellipsis when ellipsis: throw new ArgumentException("An index can only have a single ellipsis.");
                    case TensorIndex.Kind.Ellipsis: ellipsis = true; break;
                    case TensorIndex.Kind.Single or TensorIndex.Kind.Slice: n++; break;
                    case TensorIndex.Kind.Tensor:
                        n += IsMask(i.tensor!) ? i.tensor!.ndim : 1;
                        break;
                }
            }
            return n;
        }

        private static System.Runtime.InteropServices.ExternalException TooMany(Tensor t) =>
            new($"too many indices for tensor of dimension {t.ndim}");

        private void Step(Tensor next)
        {
            View.Dispose();
            View = next;
        }

        private void Pick(long dim, Tensor t)
        {
            while (picks.Count < dim - maskedDims) picks.Add(null);
            picks.Add(t);
            if (IsMask(t)) maskedDims += t.ndim - 1;
        }

        private static bool IsMask(Tensor t) => t.dtype is ScalarType.Bool or ScalarType.Byte;

        private Tensor Temporary(Tensor t)
        {
            temporaries.Add(t);
            return t;
        }
    }
}
