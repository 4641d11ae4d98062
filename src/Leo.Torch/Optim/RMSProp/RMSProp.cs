using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>RMSProp (Hinton 2012), centred if asked for (Graves 2013).</summary>
public partial class RMSProp : OptimizerHelper, optim.IMomentum
{
    /// <summary>Of one group of parameters.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="lr">Learning rate.</param>
    /// <param name="alpha">Decay rate of the mean squared gradient.</param>
    /// <param name="eps">Added to the denominator.</param>
    /// <param name="weight_decay">How strongly parameters are pulled to zero.</param>
    /// <param name="momentum">Share of the last step that is kept.</param>
    /// <param name="centered">Divide by the deviation instead of the root mean square?</param>
    /// <param name="maximize">Go up instead of down?</param>
    public RMSProp(IEnumerable<Parameter> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0,
        double momentum = 0, bool centered = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
    {
    }

    /// <summary>Of groups of parameters; what a group does not set is as given here.</summary>
    /// <inheritdoc cref="RMSProp(IEnumerable{Parameter}, double, double, double, double, double, bool, bool)" path="/param"/>
    public RMSProp(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0,
        double momentum = 0, bool centered = false, bool maximize = false)
    {
        Demand(lr >= 0, nameof(lr), lr);
        Demand(alpha >= 0, nameof(alpha), alpha);
        Demand(eps >= 0, nameof(eps), eps);
        Demand(momentum >= 0, nameof(momentum), momentum);
        Demand(weight_decay >= 0, nameof(weight_decay), weight_decay);
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            alpha = alpha,
            eps = eps,
            weight_decay = weight_decay,
            momentum = momentum,
            centered = centered,
            maximize = maximize
        };
        foreach (var group in parameters) add_param_group(group);
    }

    /// <summary>The momentum of groups that set none of their own.</summary>
    public double Momentum
    {
        get => ((Options)_defaults).momentum!.Value;
        set => ((Options)_defaults).momentum = value;
    }

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(group =>
    {
        foreach (var p in group.Parameters) Step(p, group.Options);
    }, closure);

    /// <inheritdoc/>
    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var d = (Options)_defaults;
        param_group.Options ??= new Options();
        var o = (Options)param_group.Options;
        o.alpha ??= d.alpha;
        o.eps ??= d.eps;
        o.weight_decay ??= d.weight_decay;
        o.momentum ??= d.momentum;
        o.centered ??= d.centered;
        o.maximize ??= d.maximize;
        AddGroup(param_group, p => new State(p));
    }

    private void Step(Parameter p, Options o)
    {
        using var scope = NewDisposeScope();
        if (p.grad is not { } grad) return;
        double alpha = o.alpha!.Value, rate = o.LearningRate!.Value;
        var state = (State)_state[p.Handle];
        state.step++;
        if (o.maximize == true) grad = grad.neg();
        if (o.weight_decay != 0) grad = grad.add(p, alpha: o.weight_decay!.Value);
        state.square_avg.mul_(alpha).addcmul_(grad, grad, 1 - alpha);
        var square = state.square_avg;
        if (o.centered == true)
        {
            state.grad_avg.mul_(alpha).add_(grad, alpha: 1 - alpha);
            square = square.addcmul(state.grad_avg, state.grad_avg, -1);
        }
        var denominator = square.sqrt().add_(o.eps!.Value);
        if (o.momentum > 0)
        {
            state.momentum_buffer.mul_(o.momentum.Value).addcdiv_(grad, denominator, 1);
            p.add_(state.momentum_buffer, alpha: -rate);
        }
        else p.addcdiv_(grad, denominator, -rate);
    }
}
