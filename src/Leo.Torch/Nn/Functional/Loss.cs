namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>(x − y)²</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
                => Op.Call("aten::mse_loss", input, target, (long)reduction);

            /// <summary>|x − y|</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
                => Op.Call("aten::l1_loss", input, target, (long)reduction);

            /// <summary>½ (x − y)² / beta where |x − y| is below beta, otherwise |x − y| − ½ beta.</summary>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0)
                => beta == 0 ? l1_loss(input, target, reduction) : Op.Call("aten::smooth_l1_loss", input, target, (long)reduction, beta);

            /// <summary>½ (x − y)² where |x − y| is at most delta, otherwise delta (|x − y| − ½ delta).</summary>
            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean)
                => Op.Call("aten::huber_loss", input, target, (long)reduction, delta);

            /// <summary>−log softmax(x) at the target class.</summary>
            /// <param name="input">Scores, [N, C, …] or [C].</param>
            /// <param name="target">Classes, Int64 [N, …], or probabilities of the input's shape.</param>
            /// <param name="weight">Weight of each class.</param>
            /// <param name="ignore_index">A class that does not count.</param>
            /// <param name="reduction">Mean, sum or none.</param>
            /// <param name="label_smoothing">Share of the target spread over all classes.</param>
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100,
                Reduction reduction = Reduction.Mean, double label_smoothing = 0.0)
                => Op.Call("aten::cross_entropy_loss", input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>−x at the target class, x being log-probabilities.</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
                => Op.Call("aten::nll_loss_nd", input, target, weight, (long)reduction);

            /// <summary>−y log x − (1 − y) log(1 − x)</summary>
            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null,
                Reduction reduction = Reduction.Mean)
                => Op.Call("aten::binary_cross_entropy", input, target, weight, (long)reduction);

            /// <summary>Binary cross-entropy of sigmoid(x), computed stably.</summary>
            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null,
                Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
                => Op.Call("aten::binary_cross_entropy_with_logits", input, target, weight, pos_weights, (long)reduction);

            /// <summary>Kullback–Leibler divergence from the input, log-probabilities, to the target.</summary>
            /// <param name="input">Log-probabilities.</param>
            /// <param name="target">Log-probabilities, or probabilities if <paramref name="log_target"/> is false.</param>
            /// <param name="log_target">Is the target logarithmic?</param>
            /// <param name="reduction">Mean (over all elements), sum or none.</param>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean)
                => Op.Call("aten::kl_div", input, target, (long)reduction, log_target);
        }
    }
}
