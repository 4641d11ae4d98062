namespace TorchSharp.Modules;

/// <summary>Options of one group of <see cref="Adam"/> or <see cref="AdamW"/>; null means the optimiser's.</summary>
public abstract class AdamOptions : OptimizerOptions
{
    /// <summary>Decay rate of the mean gradient.</summary>
    public double? beta1;
    /// <summary>Decay rate of the mean squared gradient.</summary>
    public double? beta2;
    /// <summary>How strongly parameters are pulled to zero.</summary>
    public double? weight_decay;
    /// <summary>Added to the denominator.</summary>
    public double? eps;
    /// <summary>Keep the largest mean squared gradient?</summary>
    public bool? amsgrad;
    /// <summary>Go up instead of down?</summary>
    public bool? maximize;

    /// <inheritdoc/>
    public override void LoadStateDict(OptimizerOptions source)
    {
        base.LoadStateDict(source);
        var o = (AdamOptions)source;
        (beta1, beta2, eps, weight_decay, amsgrad, maximize) = (o.beta1, o.beta2, o.eps, o.weight_decay, o.amsgrad, o.maximize);
    }

    /// <inheritdoc/>
    public override void LoadStateDict(BinaryReader reader)
    {
        base.LoadStateDict(reader);
        beta1 = reader.ReadDouble();
        beta2 = reader.ReadDouble();
        eps = reader.ReadDouble();
        weight_decay = reader.ReadDouble();
        amsgrad = reader.ReadBoolean();
        maximize = reader.ReadBoolean();
    }

    /// <inheritdoc/>
    public override void SaveStateDict(BinaryWriter writer)
    {
        base.SaveStateDict(writer);
        writer.Write(beta1!.Value);
        writer.Write(beta2!.Value);
        writer.Write(eps!.Value);
        writer.Write(weight_decay!.Value);
        writer.Write(amsgrad!.Value);
        writer.Write(maximize!.Value);
    }

    internal static TOptions Of<TOptions>(double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
        where TOptions : AdamOptions, new() => new()
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize,
        };

    internal void TakeMissing(AdamOptions from)
    {
        beta1 ??= from.beta1;
        beta2 ??= from.beta2;
        eps ??= from.eps;
        weight_decay ??= from.weight_decay;
        amsgrad ??= from.amsgrad;
        maximize ??= from.maximize;
    }
}
