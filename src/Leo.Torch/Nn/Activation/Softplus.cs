using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Log(1 + exp(beta · x)) / beta, linear above the threshold.</summary>
public sealed class Softplus : ParameterLessModule<Tensor, Tensor>
{
    internal Softplus(double beta, double threshold) : base(nameof(Softplus))
    {
        this.beta = beta;
        this.threshold = threshold;
    }

    /// <summary>Sharpness.</summary>
    public double beta { get; set; }

    /// <summary>Above this value of beta · x it is linear.</summary>
    public double threshold { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.softplus(tensor, beta, threshold);
}
