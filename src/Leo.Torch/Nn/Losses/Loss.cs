using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What all losses of two arguments share.</summary>
public abstract class Loss<T1, T2, TResult> : nn.Module<T1, T2, TResult>
{
    /// <summary>For derived classes.</summary>
    public Loss(nn.Reduction reduction = nn.Reduction.Mean) : base("Loss") => this.reduction = reduction;

    /// <summary>What is done with the losses of the elements.</summary>
    public nn.Reduction reduction { get; }
}
