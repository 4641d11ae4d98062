namespace TorchSharp;

public static partial class torch
{
    /// <summary>No gradients are recorded on this thread until the result is disposed.</summary>
    public static IDisposable no_grad() => new GradModeGuard(false);

    /// <summary>Gradients are recorded on this thread until the result is disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradModeGuard(enabled);

    /// <summary>Gradients are recorded or not on this thread until the result is disposed.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradModeGuard(mode);

    /// <summary>Whether gradients are recorded on this thread.</summary>
    public static bool is_grad_enabled() => Native.lt_grad_mode(-1) != 0;

    /// <summary>Like <see cref="no_grad"/>, and tensors made meanwhile never take part in autograd.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceModeGuard(mode);

    /// <summary>Whether this thread is in inference mode.</summary>
    public static bool is_inference_mode_enabled() => Native.lt_inference_mode() != 0;

    private sealed class GradModeGuard : IDisposable
    {
        private int was;

        public GradModeGuard(bool enabled) => was = Native.lt_grad_mode(enabled ? 1 : 0);

        public void Dispose()
        {
            if (was < 0) return;
            _ = Native.lt_grad_mode(was);
            was = -1;
        }
    }

    private sealed unsafe class InferenceModeGuard : IDisposable
    {
        private nint guard;

        public InferenceModeGuard(bool on)
        {
            nint g;
            Native.Check(Native.lt_inference_begin(on ? 1 : 0, &g));
            guard = g;
        }

        public void Dispose()
        {
            if (guard == 0) return;
            Native.lt_inference_end(guard);
            guard = 0;
        }
    }
}
