using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam with decoupled weight decay (Loshchilov &amp; Hutter 2019).</summary>
public partial class AdamW : OptimizerHelper, optim.IBetas
{
    /// <summary>Of one group of parameters.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="lr">Learning rate.</param>
    /// <param name="beta1">Decay rate of the mean gradient.</param>
    /// <param name="beta2">Decay rate of the mean squared gradient.</param>
    /// <param name="eps">Added to the denominator.</param>
    /// <param name="weight_decay">How strongly parameters are pulled to zero.</param>
    /// <param name="amsgrad">Keep the largest mean squared gradient (Reddi et al. 2018)?</param>
    /// <param name="maximize">Go up instead of down?</param>
    public AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
        double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <summary>Of groups of parameters; what a group does not set is as given here.</summary>
    /// <inheritdoc cref="AdamW(IEnumerable{Parameter}, double, double, double, double, double, bool, bool)" path="/param"/>
    public AdamW(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
        double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        Demand(lr >= 0, nameof(lr), lr);
        Demand(eps >= 0, nameof(eps), eps);
        Demand(beta1 is >= 0 and < 1, nameof(beta1), beta1);
        Demand(beta2 is >= 0 and < 1, nameof(beta2), beta2);
        Demand(weight_decay >= 0, nameof(weight_decay), weight_decay);
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize
        };
        foreach (var group in parameters) add_param_group(group);
    }

    /// <summary>β₁ and β₂ of groups that set none of their own.</summary>
    public (double, double) Betas
    {
        get => (((Options)_defaults).beta1!.Value, ((Options)_defaults).beta2!.Value);
        set => (((Options)_defaults).beta1, ((Options)_defaults).beta2) = value;
    }

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(group =>
    {
        var o = group.Options;
        var batch = new AdamBatch(o.LearningRate!.Value, o.beta1!.Value, o.beta2!.Value, o.eps!.Value, o.weight_decay!.Value,
            decoupled: true, o.maximize!.Value, o.amsgrad!.Value);
        foreach (var p in group.Parameters)
        {
            if (p.grad is not { } grad) continue;
            var state = (State)_state[p.Handle];
            batch.Add(p, grad, state.exp_avg, state.exp_avg_sq, state.max_exp_avg_sq, ++state.step);
        }
        batch.Run();
    }, closure);

    /// <inheritdoc/>
    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var d = (Options)_defaults;
        param_group.Options ??= new Options();
        var o = (Options)param_group.Options;
        o.beta1 ??= d.beta1;
        o.beta2 ??= d.beta2;
        o.eps ??= d.eps;
        o.weight_decay ??= d.weight_decay;
        o.amsgrad ??= d.amsgrad;
        o.maximize ??= d.maximize;
        AddGroup(param_group, p => new State(p));
    }
}
