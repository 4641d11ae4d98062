using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module trains.</summary>
public class Parameter : Tensor
{
    /// <summary>Takes over the tensor and its place in its dispose scope; <paramref name="data"/> is spent afterwards.</summary>
    /// <param name="data">The initial value.</param>
    /// <param name="requires_grad">Is it trained? <value>Default: true.</value></param>
    public Parameter(Tensor data, bool requires_grad = true) : this(data, requires_grad, data.OwningDisposeScope)
    {
    }

    private Parameter(Tensor data, bool requires_grad, DisposeScope? scope)
        : base(data.with_requires_grad(requires_grad).DecoupleFromNativeHandle(), register: false)
        => scope?.Attach(this);
}
