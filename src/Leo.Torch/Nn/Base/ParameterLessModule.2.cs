using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Base class of modules without parameters and buffers: there is nothing to move, and nothing can be registered.</summary>
public abstract class ParameterLessModule<T1, TResult> : nn.Module<T1, TResult>, IParameterLessModule
{
    /// <summary>For derived classes.</summary>
    protected ParameterLessModule(string name) : base(name) { }

    /// <inheritdoc/>
    protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => this;

    /// <summary>Always refuses.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_buffer(string name, Tensor tensor, bool persistent = true)
        => throw new InvalidOperationException($"{GetName()} is declared to have no parameters: the buffer '{name}' cannot be registered.");

    /// <summary>Always refuses.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_parameter(string name, Parameter param)
        => throw new InvalidOperationException($"{GetName()} is declared to have no parameters: '{name}' cannot be registered.");

    /// <summary>Adds a submodule that has no parameters either.</summary>
    /// <exception cref="InvalidOperationException">The submodule may have parameters.</exception>
    public override void register_module(string name, nn.Module submodule)
    {
        if (submodule is not IParameterLessModule)
            throw new InvalidOperationException($"{GetName()} is declared to have no parameters: the submodule '{name}' may have some.");
        base.register_module(name, submodule);
    }
}
