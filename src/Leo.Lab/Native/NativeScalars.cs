using System.Runtime.InteropServices;

namespace Leo.Lab;

/// <summary>
/// Lets the native half of TorchSharp's <c>Scalar</c> live on for some seconds after its finalizer. TorchSharp 0.107 makes a Scalar of each number
/// that an operator is given (<c>x * 2</c>, also the hidden factor 1 of <c>x + y</c>) and does not keep it alive during the call: a garbage collection
/// that another thread starts at that moment frees it under the operator, which then computes with whatever stands there, or throws "unknown tag".
/// With a second thread that only allocates, six operations of 200,000 went wrong.
/// </summary>
internal static unsafe class NativeScalars
{
    // No operator reads its scalars later than this after it was called.
    private const long Milliseconds = 5000;
    private static readonly Lock Gate = new();
    private static List<nint> young = [], old = [];
    private static long turned = Environment.TickCount64;

    /// <summary>Puts a jump to <see cref="Retire"/> over TorchSharp's own function; does nothing where the processor or the system has no such thing.</summary>
    /// <param name="sharp">TorchSharp's native half, loaded.</param>
    /// <returns>Whether scalars now live on.</returns>
    public static bool OutliveTheirFinalizer(nint sharp) =>
        NativeJump.Put(sharp, "THSTorch_dispose_scalar", (nint)(delegate* unmanaged<nint, void>)&Retire);

    [UnmanagedCallersOnly]
    private static void Retire(nint scalar)
    {
        if (scalar == 0) return;
        lock (Gate)
        {
            young.Add(scalar);
            long now = Environment.TickCount64;
            if (now - turned < Milliseconds) return;
            // A number's destructor does nothing, and its memory is the C library's.
            foreach (nint one in old) NativeMemory.Free((void*)one);
            old.Clear();
            (young, old, turned) = (old, young, now);
        }
    }
}
