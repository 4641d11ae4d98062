using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>(x − y)².</summary>
        public static MSELoss MSELoss(Reduction reduction = Reduction.Mean)
            => new(reduction);

        /// <summary>|x − y|.</summary>
        public static L1Loss L1Loss(Reduction reduction = Reduction.Mean)
            => new(reduction);

        /// <summary>Squared near zero, linear beyond beta.</summary>
        public static SmoothL1Loss SmoothL1Loss(Reduction reduction = Reduction.Mean, double beta = 1.0)
            => new(reduction, beta);

        /// <summary>Squared near zero, linear beyond delta.</summary>
        public static HuberLoss HuberLoss(double delta = 1.0, Reduction reduction = Reduction.Mean)
            => new(delta, reduction);

        /// <summary>Kullback–Leibler divergence.</summary>
        public static KLDivLoss KLDivLoss(bool log_target = true, Reduction reduction = Reduction.Mean)
            => new(log_target, reduction);

        /// <summary>Binary cross-entropy of probabilities.</summary>
        public static BCELoss BCELoss(Tensor? weight = null, Reduction reduction = Reduction.Mean)
            => new(weight, reduction);

        /// <summary>Binary cross-entropy of sigmoid(x).</summary>
        public static BCEWithLogitsLoss BCEWithLogitsLoss(Tensor? weight = null,
            Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
            => new(weight, reduction, pos_weights);

        /// <summary>−log softmax(x) at the target class.</summary>
        public static CrossEntropyLoss CrossEntropyLoss(Tensor? weight = null, long? ignore_index = null,
            Reduction reduction = Reduction.Mean)
            => new(weight, ignore_index, reduction);

        /// <summary>−x at the target class, x being log-probabilities.</summary>
        public static NLLLoss NLLLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean)
            => new(weight, reduction);
    }
}
