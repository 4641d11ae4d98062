namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Op LinearOp = new("aten::linear");

            /// <summary>x Wᵀ + b over the last dimension.</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Op.Call(LinearOp, input, weights, bias);

            /// <summary>x₁ᵀ W x₂ + b for each output.</summary>
            public static Tensor bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias = null)
                => Op.Call("aten::bilinear", input1, input2, weight, bias);

            /// <summary>1 at the index, 0 elsewhere, in a new last dimension.</summary>
            /// <param name="x">Indices, Int64.</param>
            /// <param name="num_classes">Size of the new dimension; by default as the largest index demands.</param>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => Op.Call("aten::one_hot", x, num_classes);

            /// <summary>x₁ · x₂ / max(‖x₁‖ ‖x₂‖, eps) along a dimension.</summary>
            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8)
                => Op.Call("aten::cosine_similarity", x1, x2, dim, eps);

            /// <summary>‖x₁ − x₂ + eps‖ₚ over the last dimension.</summary>
            public static Tensor pairwise_distance(Tensor input1, Tensor input2, double p = 2.0, double eps = 1e-6, bool keepdim = false)
                => Op.Call("aten::pairwise_distance", input1, input2, p, eps, keepdim);

            /// <summary>softmax(q kᵀ / √E + mask) v, with dropout on the weights.</summary>
            /// <param name="query">[…, L, E].</param>
            /// <param name="key">[…, S, E].</param>
            /// <param name="value">[…, S, V].</param>
            /// <param name="attn_mask">[…, L, S]: true where a key may be seen, or a float that is added.</param>
            /// <param name="p">Probability of dropping a weight.</param>
            /// <param name="is_casual">May a query see only keys at its own and earlier places?</param>
            /// <exception cref="ArgumentException">A mask was given together with <paramref name="is_casual"/>.</exception>
            public static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null,
                double p = 0.0, bool is_casual = false)
            {
                if (is_casual && attn_mask is not null)
                    throw new ArgumentException("Give a mask or is_casual, not both.", nameof(attn_mask));
                using var scope = NewDisposeScope();
                // Both factors take the fourth root, as in libtorch: smaller numbers before the product.
                double scale = Math.Pow(query.shape[^1], -0.25);
                var q = Op.Call("aten::mul.Scalar", query, scale);
                var k = Op.Call("aten::transpose.int", Op.Call("aten::mul.Scalar", key, scale), -2, -1);
                var scores = Op.Call("aten::matmul", q, k);
                if (is_casual)
                    attn_mask = Op.Call("aten::tril", Op.Call("aten::new_ones", scores, scores.shape[^2..], ScalarType.Bool));
                if (attn_mask is { dtype: ScalarType.Bool })
                    scores = Op.Call("aten::masked_fill.Scalar", scores, Op.Call("aten::logical_not", attn_mask), double.NegativeInfinity);
                else if (attn_mask is not null)
                    scores = Op.Call("aten::add.Tensor", scores, attn_mask);
                var weights = softmax(scores, -1);
                if (p > 0) weights = dropout(weights, p, true);
                return Op.Call("aten::matmul", weights, value).MoveToOuterDisposeScope();
            }
        }
    }
}
