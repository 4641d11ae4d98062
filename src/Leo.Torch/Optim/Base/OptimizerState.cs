using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimiser remembers of one parameter.</summary>
public abstract class OptimizerState
{
    /// <summary>The parameter.</summary>
    protected Parameter _parameter;

    /// <summary>For derived classes.</summary>
    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>Writes the state.</summary>
    public abstract void SaveStateDict(BinaryWriter writer);

    /// <summary>Reads the state.</summary>
    public abstract void LoadStateDict(BinaryReader reader);

    /// <summary>Copies the state of the same parameter in another optimiser.</summary>
    public abstract void LoadStateDict(OptimizerState source);

    /// <summary>Is the other state equal up to rounding?</summary>
    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    /// <summary>Forgets everything.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Moves the state.</summary>
    public virtual void to(Device device) { }

    /// <summary>Reads a tensor that may be absent.</summary>
    protected static void LoadConditionalStateTensor(BinaryReader reader, ref Tensor? result, Device device)
    {
        if (!reader.ReadBoolean())
        {
            result?.Dispose();
            result = null;
            return;
        }
        TensorExtensionMethods.Load(ref result, reader);
        result = result!.to(device).DetachFromDisposeScope();
    }

    /// <summary>Writes a tensor that may be absent.</summary>
    protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }

    // State outlives every scope that it is made in.

    private protected void Clear(ref Tensor? tensor)
    {
        tensor?.Dispose();
        tensor = null;
    }

    private protected void Zero(ref Tensor? tensor)
    {
        using var constant = no_grad();
        tensor?.Dispose();
        tensor = zeros_like(_parameter).DetachFromDisposeScope();
    }

    private protected void Copy(ref Tensor? tensor, Tensor? source)
    {
        using var constant = no_grad();
        var copy = source?.to(_parameter.device, copy: true).DetachFromDisposeScope();
        tensor?.Dispose();
        tensor = copy;
    }

    private protected static void Move(ref Tensor? tensor, Device device)
    {
        if (tensor is null || tensor.device == device) return;
        var moved = tensor.to(device).DetachFromDisposeScope();
        tensor.Dispose();
        tensor = moved;
    }

    private protected static bool Close(Tensor? a, Tensor? b)
        => a is null == b is null && (a is null || a.allclose(b!));
}
