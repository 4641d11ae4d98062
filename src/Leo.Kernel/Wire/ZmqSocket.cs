namespace Leo.Kernel.Wire;

/// <summary>One socket; messages are lists of frames. Not safe for several threads at once.</summary>
internal sealed unsafe class ZmqSocket : IDisposable
{
    /// <summary>Frames that a message may have; more are received and dropped.</summary>
    public const int MaxFrames = 64;

    private const int MaxFrameBytes = 256 << 20;
    private nint _handle;

    internal ZmqSocket(nint handle, int type)
    {
        if (handle == 0) throw new KernelException("libzmq", Zmq.LastError, "Close other kernels and try again");
        _handle = handle;
        Set(Zmq.Linger, 1000);
        Set(Zmq.Ipv6, 1);
        long most = MaxFrameBytes;
        _ = Zmq.zmq_setsockopt(_handle, Zmq.MaxMessageSize, &most, sizeof(long));
        // A front end that reconnects under its old name gets its messages, not its dead predecessor.
        if (type == Zmq.Router) Set(Zmq.RouterHandover, 1);
    }

    /// <summary>Sets an option that is a number.</summary>
    public void Set(int option, int value) => _ = Zmq.zmq_setsockopt(_handle, option, &value, sizeof(int));

    /// <summary>Sets an option that is bytes.</summary>
    public void Set(int option, ReadOnlySpan<byte> value)
    {
        fixed (byte* bytes = value) _ = Zmq.zmq_setsockopt(_handle, option, bytes, (nuint)value.Length);
    }

    /// <summary>Waits for others at an address.</summary>
    /// <exception cref="KernelException">The address is taken, or not one of this machine.</exception>
    public void Bind(string address)
    {
        if (Zmq.zmq_bind(_handle, address) != 0)
            throw new KernelException(address, $"cannot be listened on ({Zmq.LastError})", "Start the kernel again with other ports");
    }

    /// <summary>Goes to another's address.</summary>
    /// <exception cref="KernelException">It is no address.</exception>
    public void Connect(string address)
    {
        if (Zmq.zmq_connect(_handle, address) != 0)
            throw new KernelException(address, $"cannot be connected to ({Zmq.LastError})", "Check the connection file");
    }

    /// <summary>The next message; null where the timeout passed, or the context was shut down.</summary>
    public List<byte[]>? Receive(bool wait = true)
    {
        var frames = new List<byte[]>();
        byte* message = stackalloc byte[64];
        while (true)
        {
            _ = Zmq.zmq_msg_init(message);
            if (Zmq.zmq_msg_recv(message, _handle, wait ? 0 : Zmq.DontWait) < 0)
            {
                int error = Zmq.zmq_errno();
                _ = Zmq.zmq_msg_close(message);
                if (error == Zmq.Interrupted) continue;
                return null;
            }
            if (frames.Count < MaxFrames)
                frames.Add(new ReadOnlySpan<byte>(Zmq.zmq_msg_data(message), (int)Zmq.zmq_msg_size(message)).ToArray());
            int more = Zmq.zmq_msg_more(message);
            _ = Zmq.zmq_msg_close(message);
            if (more == 0) return frames;
        }
    }

    /// <summary>Sends a message whole. Whoever is gone or does not read does not get it; that is no error.</summary>
    public void Send(IReadOnlyList<byte[]> frames)
    {
        // A cell that is being aborted may be here; a thread is never aborted inside a finally, so messages stay whole.
        try
        {
        }
        finally
        {
            for (int i = 0; i < frames.Count; i++)
            {
                int flags = i < frames.Count - 1 ? Zmq.SendMore : 0;
                bool sent;
                fixed (byte* data = frames[i])
                {
                    while (!(sent = Zmq.zmq_send(_handle, data, (nuint)frames[i].Length, flags) >= 0) && Zmq.zmq_errno() == Zmq.Interrupted)
                    {
                    }
                }
                if (!sent) break;
            }
        }
    }

    /// <summary>Closes it; what was sent is still delivered for a second.</summary>
    public void Dispose()
    {
        nint handle = Interlocked.Exchange(ref _handle, 0);
        if (handle != 0) _ = Zmq.zmq_close(handle);
    }
}
