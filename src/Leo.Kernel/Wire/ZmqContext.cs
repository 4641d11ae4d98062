namespace Leo.Kernel.Wire;

/// <summary>Owner of sockets; ends them all together.</summary>
internal sealed class ZmqContext : IDisposable
{
    private nint _handle = Zmq.zmq_ctx_new();

    /// <summary>A socket of a type of <see cref="Zmq"/>. It belongs to the thread that uses it first.</summary>
    public ZmqSocket Open(int type) => new(Zmq.zmq_socket(_handle, type), type);

    /// <summary>Makes every blocked call on a socket of this context return; may be called from any thread.</summary>
    public void Shutdown()
    {
        if (_handle != 0) _ = Zmq.zmq_ctx_shutdown(_handle);
    }

    /// <summary>Waits until what was sent is on its way, as long as the sockets linger. All sockets have to be closed.</summary>
    public void Dispose()
    {
        nint handle = Interlocked.Exchange(ref _handle, 0);
        if (handle == 0) return;
        while (Zmq.zmq_ctx_term(handle) != 0 && Zmq.zmq_errno() == Zmq.Interrupted)
        {
        }
    }
}
