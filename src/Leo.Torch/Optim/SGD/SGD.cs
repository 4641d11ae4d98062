using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent, with momentum if asked for (Sutskever et al. 2013).</summary>
public partial class SGD : OptimizerHelper, optim.IMomentum
{
    /// <summary>Of one group of parameters.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="lr">Learning rate.</param>
    /// <param name="momentum">Share of the last step that is kept.</param>
    /// <param name="dampening">Share of the gradient that momentum leaves out.</param>
    /// <param name="weight_decay">How strongly parameters are pulled to zero.</param>
    /// <param name="nesterov">Look ahead along the momentum?</param>
    /// <param name="maximize">Go up instead of down?</param>
    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    /// <summary>Of groups of parameters; what a group does not set is as given here.</summary>
    /// <inheritdoc cref="SGD(IEnumerable{Parameter}, double, double, double, double, bool, bool)" path="/param"/>
    public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
    {
        Demand(lr >= 0, nameof(lr), lr);
        Demand(momentum >= 0, nameof(momentum), momentum);
        Demand(weight_decay >= 0, nameof(weight_decay), weight_decay);
        if (nesterov && (momentum <= 0 || dampening != 0))
            throw new ArgumentException("Nesterov momentum needs momentum and no dampening.", nameof(nesterov));
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
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
        o.momentum ??= d.momentum;
        o.dampening ??= d.dampening;
        o.weight_decay ??= d.weight_decay;
        o.nesterov ??= d.nesterov;
        o.maximize ??= d.maximize;
        AddGroup(param_group, p => new State(p));
    }

    private void Step(Parameter p, Options o)
    {
        using var scope = NewDisposeScope();
        if (p.grad is not { } grad) return;
        if (o.maximize == true) grad = grad.neg();
        if (o.weight_decay != 0) grad = grad.add(p, alpha: o.weight_decay!.Value);
        if (o.momentum is { } momentum and not 0)
        {
            var state = (State)_state[p.Handle];
            // The first step keeps the gradient undampened.
            if (state.momentum_buffer is null) state.momentum_buffer = grad.clone().DetachFromDisposeScope();
            else state.momentum_buffer.mul_(momentum).add_(grad, alpha: 1 - o.dampening!.Value);
            grad = o.nesterov == true ? grad.add(state.momentum_buffer, alpha: momentum) : state.momentum_buffer;
        }
        p.add_(grad, alpha: -o.LearningRate!.Value);
    }
}
