using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Parameters of <see cref="Adam"/> or <see cref="AdamW"/> that share options.</summary>
public abstract class AdamParamGroup<TOptions> : ParamGroup<TOptions>, optim.IBetas where TOptions : AdamOptions, new()
{
    private protected AdamParamGroup() { }

    private protected AdamParamGroup(IEnumerable<Parameter> parameters, TOptions options) : base(parameters, options) { }

    private protected AdamParamGroup(IEnumerable<Parameter> parameters, double lr, double beta1, double beta2, double eps,
        double weight_decay, bool amsgrad, bool maximize)
        : base(parameters, AdamOptions.Of<TOptions>(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
    {
    }

    /// <summary>β₁ and β₂.</summary>
    public (double, double) Betas
    {
        get => (Options.beta1!.Value, Options.beta2!.Value);
        set => (Options.beta1, Options.beta2) = value;
    }
}
