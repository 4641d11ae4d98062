using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Leo.Lab;

/// <summary>A tensor's numbers in .NET's memory.</summary>
public static class TensorNumbers
{
    /// <summary>
    /// All numbers in row-major order, of any shape, layout and device, in one copy. TorchSharp's <c>data&lt;T&gt;().ToArray()</c> walks over them
    /// one by one, and does not take a tensor of several dimensions without elements.
    /// </summary>
    /// <typeparam name="T">The .NET type of the tensor's elements.</typeparam>
    /// <exception cref="ArgumentException">The elements are of another type, or take 2 GiB or more.</exception>
    public static T[] ToArray<T>(this Tensor tensor)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.numel() * tensor.ElementSize > int.MaxValue)
            throw new ArgumentException($"A tensor of [{string.Join(", ", tensor.shape)}] is too large for an array.", nameof(tensor));
        using var scope = NewDisposeScope();
        var plain = tensor.cpu().contiguous();
        plain.data<T>();                                                   // refuses another type
        var numbers = MemoryMarshal.Cast<byte, T>(plain.bytes).ToArray();
        GC.KeepAlive(plain);
        return numbers;
    }
}
