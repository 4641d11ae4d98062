using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam (Kingma &amp; Ba 2015); weight decay is added to the gradient.</summary>
public class Adam : AdamBase<Adam.Options>
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
    public Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
        double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <summary>Of groups of parameters; what a group does not set is as given here.</summary>
    /// <inheritdoc cref="Adam(IEnumerable{Parameter}, double, double, double, double, double, bool, bool)" path="/param"/>
    public Adam(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
        double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : base(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize, decoupled: false, p => new State(p))
    {
    }

    /// <summary>Options of one group.</summary>
    public class Options : AdamOptions
    {
    }

    /// <summary>What is remembered of one parameter.</summary>
    public sealed class State : AdamState
    {
        /// <summary>Of that parameter; call <see cref="AdamState.Initialize"/>.</summary>
        public State(Parameter parameter) : base(parameter) { }
    }

    /// <summary>Parameters that share options.</summary>
    public class ParamGroup : AdamParamGroup<Options>
    {
        /// <summary>Empty.</summary>
        public ParamGroup() { }

        /// <summary>With these parameters and options.</summary>
        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        /// <summary>With these parameters and options.</summary>
        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }
    }
}
