using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What <see cref="Adam"/> and <see cref="AdamW"/> share: all but what weight decay is added to.</summary>
public abstract class AdamBase<TOptions> : OptimizerHelper, optim.IBetas where TOptions : AdamOptions, new()
{
    private readonly bool _decoupled;
    private readonly Func<Parameter, AdamState> _newState;

    private protected AdamBase(IEnumerable<ParamGroup> parameters, double lr, double beta1, double beta2, double eps,
        double weight_decay, bool amsgrad, bool maximize, bool decoupled, Func<Parameter, AdamState> newState)
    {
        Demand(lr >= 0, nameof(lr), lr);
        Demand(eps >= 0, nameof(eps), eps);
        Demand(beta1 is >= 0 and < 1, nameof(beta1), beta1);
        Demand(beta2 is >= 0 and < 1, nameof(beta2), beta2);
        Demand(weight_decay >= 0, nameof(weight_decay), weight_decay);
        (_decoupled, _newState) = (decoupled, newState);
        _defaults = AdamOptions.Of<TOptions>(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        foreach (var group in parameters) add_param_group(group);
    }

    /// <summary>β₁ and β₂ of groups that set none of their own.</summary>
    public (double, double) Betas
    {
        get => (((TOptions)_defaults).beta1!.Value, ((TOptions)_defaults).beta2!.Value);
        set => (((TOptions)_defaults).beta1, ((TOptions)_defaults).beta2) = value;
    }

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup<TOptions>>(group =>
    {
        var o = group.Options;
        var batch = new AdamBatch(o.LearningRate!.Value, o.beta1!.Value, o.beta2!.Value, o.eps!.Value, o.weight_decay!.Value,
            _decoupled, o.maximize!.Value, o.amsgrad!.Value);
        foreach (var p in group.Parameters)
        {
            if (p.grad is not { } grad) continue;
            var state = (AdamState)_state[p.Handle];
            batch.Add(p, grad, state.exp_avg, state.exp_avg_sq, state.max_exp_avg_sq, ++state.step);
        }
        batch.Run();
    }, closure);

    /// <inheritdoc/>
    public override void add_param_group(ParamGroup param_group)
    {
        param_group.Options ??= new TOptions();
        ((TOptions)param_group.Options).TakeMissing((TOptions)_defaults);
        AddGroup(param_group, _newState);
    }
}
