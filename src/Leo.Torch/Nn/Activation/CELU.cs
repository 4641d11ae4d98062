using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>X where positive, otherwise alpha · (exp(x / alpha) − 1).</summary>
public sealed class CELU : ParameterLessModule<Tensor, Tensor>
{
    internal CELU(double alpha, bool inplace) : base(nameof(CELU))
    {
        this.alpha = alpha;
        this.inplace = inplace;
    }

    /// <summary>Scale of the negative part.</summary>
    public double alpha { get; set; }

    /// <summary>Overwrite the input?</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.celu(tensor, alpha, inplace);
}
