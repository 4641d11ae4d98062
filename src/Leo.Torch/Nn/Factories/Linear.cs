using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>y = x Wᵀ + b.</summary>
        public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null)
            => new(inputSize, outputSize, hasBias, device, dtype);

        /// <summary>y = x Wᵀ + b with these parameters.</summary>
        public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);

        /// <summary>Returns its input.</summary>
        public static Identity Identity() => new();

        /// <summary>A table of vectors, looked up by index.</summary>
        /// <param name="num_embeddings">Number of vectors.</param>
        /// <param name="embedding_dims">Size of each.</param>
        /// <param name="padding_idx">A vector that starts at zero and is not trained.</param>
        /// <param name="max_norm">Vectors longer than this are shortened when looked up.</param>
        /// <param name="norm_type">The norm meant by <paramref name="max_norm"/>.</param>
        /// <param name="scale_grad_by_freq">Divide gradients by how often the index occurs in the batch?</param>
        /// <param name="sparse">Make sparse gradients?</param>
        /// <param name="device">Where.</param>
        /// <param name="dtype">Type.</param>
        public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null,
            double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
        {
            var weight = new Parameter(empty(num_embeddings, embedding_dims, dtype, device));
            var table = new Embedding(weight, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
            table.Reset();
            return table;
        }

        /// <summary>A table of the given vectors.</summary>
        public static Embedding Embedding_from_pretrained(Tensor embeddings, bool freeze = true, long? padding_idx = null,
            double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false,
            Device? device = null, ScalarType? dtype = null)
        {
            using var constant = no_grad();
            var copy = embeddings.detach().to(dtype ?? embeddings.dtype, device ?? embeddings.device, copy: true);
            return new Embedding(new Parameter(copy, !freeze), padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
        }
    }
}
